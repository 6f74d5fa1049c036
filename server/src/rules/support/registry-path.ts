import type { CallOp, Expr, Key, Op } from '../../flow/graph.ts';
import { isGlobal, isPartOf, rootOf, targetsOf } from '../../flow/graph.ts';
import type { FunctionFact } from '../../driver/facts.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
import type { Spot } from '../../driver/lifecycle/memory.ts';
import type { TextRange } from '../../text/range.ts';
import type { RuleContext } from '../rule.ts';
import { entryFunctions } from './calls.ts';
import { textAt } from './lifecycle.ts';

/** The pointer to the structure, the pointer to its characters, or a structure that shares them. */
export type StringShare = 'pointer' | 'buffer' | 'structure';

/** A place at file scope that gets something of the entry point's string. */
export interface KeptString {
  readonly fn: DriverFunction;
  readonly op: Op;
  readonly what: StringShare;
  readonly to: Key;
  readonly target: TextRange;
  /** The pointer it was copied from, as the function calls it. */
  readonly source: string | undefined;
  readonly entry: FunctionFact;
  /** Calls that led the string here. */
  readonly calls: readonly Spot[];
}

/** Helpers that the string is followed into. */
const HELPER_DEPTH = 6;
const BUFFER = '.Buffer';

interface Visit {
  readonly fn: DriverFunction;
  /** What its parameters hold, by name. */
  readonly holds: ReadonlyMap<Key, StringShare>;
  /** Calls that led here, outermost first. */
  readonly way: readonly { readonly fn: DriverFunction; readonly op: CallOp }[];
}

/** Every place at file scope that still holds a share of the registry path when an entry point has returned. */
export function* keptStrings(context: RuleContext): Generator<KeptString> {
  const { catalog, driver } = context;
  const indexes = new Map(
    [...catalog.entryPoints.values()].map((entry) => [entry.function, entry.registryPath]),
  );
  for (const entry of entryFunctions(context)) {
    const known = entry.file.entryPoints.find(({ definition }) => definition.name === entry.flow.fact.name);
    const index = known && indexes.get(known.entry);
    const parameter = index === undefined ? undefined : entry.flow.graph.parameters[index];
    if (parameter === undefined) continue;
    const todo: Visit[] = [{ fn: entry, holds: new Map([[parameter, 'pointer']]), way: [] }];
    const seen = new Set<string>();
    for (let visit = todo.pop(); visit; visit = todo.pop()) {
      const key = `${visit.fn.id} ${[...visit.holds].join()}`;
      if (seen.has(key) || visit.way.length > HELPER_DEPTH || !visit.fn.flow.graph.isComplete) continue;
      seen.add(key);
      const holds = sharesIn(visit);
      for (const { ops } of visit.fn.flow.graph.blocks) {
        for (const op of ops) {
          const kept = keptBy(context, visit.fn, op, holds);
          if (kept && !isTable(context, kept.to) && isStillHeld(context, visit, op, kept.to, kept.what)) {
            yield {
              ...kept,
              fn: visit.fn,
              op,
              entry: entry.flow.fact,
              calls: visit.way.map(({ fn, op: call }) => ({ fn: fn.id, range: call.nameRange })),
            };
          }
          if (op.kind !== 'call' || op.callee === undefined) continue;
          const callee = driver.lifecycle.table.resolve(op.callee, visit.fn.file);
          if (callee.kind !== 'own') continue;
          const passed = new Map<Key, StringShare>();
          op.arguments.forEach(({ value }, i) => {
            const share = shareOf(value, holds);
            const name = callee.fn.flow.graph.parameters[i];
            if (share !== undefined && name !== undefined) passed.set(name, share);
          });
          if (passed.size > 0)
            todo.push({ fn: callee.fn, holds: passed, way: [...visit.way, { fn: visit.fn, op }] });
        }
      }
    }
  }
}

/** What the function's own variables share with the string; a variable that also gets other values is left out. */
function sharesIn({ fn, holds }: Visit): ReadonlyMap<Key, StringShare> {
  const shares = new Map(holds);
  const ops = fn.flow.graph.blocks.flatMap((block) => block.ops);
  for (let changed = true; changed;) {
    changed = false;
    for (const op of ops) {
      if (op.kind !== 'assign' || isGlobal(op.to) || shares.has(op.to)) continue;
      const share = shareOf(op.value, shares);
      if (share === undefined) continue;
      const others = ops.filter(
        (other) => other.kind === 'assign' && isPartOf(other.to, op.to) && other !== op,
      );
      if (others.some((other) => other.kind === 'assign' && !isBlank(other.value))) continue;
      shares.set(op.to, share);
      changed = true;
    }
  }
  // A parameter that the function changes holds something else from then on.
  for (const op of ops)
    if (op.kind === 'assign' && holds.has(op.to) && shareOf(op.value, shares) === undefined)
      shares.delete(op.to);
  return shares;
}

const isBlank = (value: Expr): boolean =>
  value.kind === 'unknown' || (value.kind === 'number' && value.value === 0);

function shareOf(value: Expr, shares: ReadonlyMap<Key, StringShare>): StringShare | undefined {
  if (value.kind === 'address') return shares.get(value.key) === 'structure' ? 'pointer' : undefined;
  if (value.kind !== 'place') return undefined;
  const own = shares.get(value.key);
  if (own !== undefined) return own;
  for (const [key, share] of shares) {
    if (share === 'pointer' && value.key === `${key}.*`) return 'structure';
    if ((share === 'pointer' || share === 'structure') && value.key === `${key}${BUFFER}`) return 'buffer';
    if (share === 'pointer' && value.key === `${key}.*${BUFFER}`) return 'buffer';
  }
  return undefined;
}

type Keeping = Pick<KeptString, 'what' | 'to' | 'target' | 'source'>;

/** An assignment to, or a copy of the structure's own bytes into, a place at file scope. */
function keptBy(
  context: RuleContext,
  fn: DriverFunction,
  op: Op,
  shares: ReadonlyMap<Key, StringShare>,
): Keeping | undefined {
  if (op.kind === 'assign') {
    const what = isGlobal(op.to) ? shareOf(op.value, shares) : undefined;
    if (what === undefined) return undefined;
    // The address of a local structure is another mistake.
    if (op.value.kind === 'address') return undefined;
    const root = op.value.kind === 'place' ? rootOf(op.value.key) : undefined;
    const source = root !== undefined && shares.get(root) === 'pointer' ? root : undefined;
    return { what, to: op.to, target: op.target, source };
  }
  if (op.kind !== 'call') return undefined;
  const copying = context.catalog.idioms.copying.find(({ name }) => name === op.callee);
  const to = copying && op.arguments[copying.to];
  const from = copying && op.arguments[copying.from];
  const size = op.arguments.find((argument) => argument !== to && argument !== from);
  if (!to || !from || !size || to.value.kind !== 'address' || !isGlobal(to.value.key)) return undefined;
  const share =
    from.value.kind === 'address'
      ? shares.get(from.value.key)
      : shareOf(from.value, shares) === 'pointer'
        ? 'structure'
        : undefined;
  if (share !== 'structure' || !/^\s*sizeof\b/.test(textAt(context, { fn: fn.id, range: size.range })))
    return undefined;
  return { what: 'structure', to: to.value.key, target: to.range, source: undefined };
}

/** The place belongs to a structure that a registration takes. */
function isTable({ driver, catalog }: RuleContext, to: Key): boolean {
  const root = rootOf(to);
  return [...driver.files.values()].some((file) => {
    const type = file.globals.get(root)?.type;
    return type !== undefined && catalog.structures.has(type);
  });
}

/** Some way leads from the store to the end of the entry point without giving the place another value. */
function isStillHeld(context: RuleContext, { fn, way }: Visit, op: Op, to: Key, what: StringShare): boolean {
  const { table } = context.driver.lifecycle;
  const parts = what === 'structure' ? [to, `${to}${BUFFER}`] : [to];
  const isWrite = (other: Op): Expr | 'call' | undefined => {
    if (other === op) return undefined;
    if (other.kind === 'assign')
      return parts.some((part) => isPartOf(part, other.to)) ? other.value : undefined;
    if (other.kind !== 'call') return undefined;
    const isGiven = other.arguments.some(
      ({ value }) =>
        value.kind === 'address' &&
        (parts.some((part) => isPartOf(part, value.key)) || isPartOf(value.key, to)),
    );
    return isGiven && !context.catalog.idioms.readOnly.includes(other.callee ?? '') ? 'call' : undefined;
  };
  const overwrites = (other: Op, caller: DriverFunction): boolean => {
    if (isWrite(other) !== undefined) return true;
    if (other.kind !== 'call' || other.callee === undefined) return false;
    const callee = table.resolve(other.callee, caller.file);
    if (callee.kind !== 'own') return false;
    return [...table.reachable([callee.fn.id])].some((id) =>
      table.functions
        .get(id)
        ?.flow.graph.blocks.some(({ ops }) => ops.some((inner) => isWrite(inner) !== undefined)),
    );
  };
  // From the store outwards through the calls that led there.
  const stations = [{ fn, op }, ...way.toReversed()];
  return stations.every((station) => {
    const { escapes, values } = waysFrom(station.fn, station.op, (other) => overwrites(other, station.fn));
    return escapes && values.every((other) => isCleared(isWrite(other)));
  });
}

/** The way on only clears the place: others still leave it as it was. */
const isCleared = (value: Expr | 'call' | undefined): boolean =>
  typeof value === 'object' && value.kind === 'number' && value.value === 0;

/** Whether the function can be left behind an operation without meeting a stop, and which stops there are. */
function waysFrom(
  fn: DriverFunction,
  from: Op,
  isStop: (op: Op) => boolean,
): { readonly escapes: boolean; readonly values: readonly Op[] } {
  const { blocks } = fn.flow.graph;
  const start = blocks.findIndex(({ ops }) => ops.includes(from));
  const values: Op[] = [];
  const seen = new Set<number>();
  let escapes = false;
  const walk = (index: number, first: number): void => {
    const block = blocks[index];
    if (!block) return;
    const stop = block.ops.slice(first).find(isStop);
    if (stop) {
      values.push(stop);
      return;
    }
    const targets = targetsOf(block.next);
    if (targets.length === 0) escapes = true;
    for (const target of targets) {
      if (seen.has(target)) continue;
      seen.add(target);
      walk(target, 0);
    }
  };
  walk(start, (blocks[start]?.ops.indexOf(from) ?? 0) + 1);
  return { escapes, values };
}
