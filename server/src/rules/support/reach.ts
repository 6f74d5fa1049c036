import type { CallEntry } from '../../catalog/entry.ts';
import type { CallOp } from '../../flow/graph.ts';
import { callsOf } from '../../driver/lifecycle/function-traits.ts';
import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import type { Binding } from '../../driver/lifecycle/roots.ts';
import { unloadRoutines } from '../../driver/lifecycle/roots.ts';
import type { Spot } from '../../driver/lifecycle/memory.ts';
import { vocabularyOf } from '../../driver/lifecycle/vocabulary.ts';
import { slotState } from '../../driver/table-state.ts';
import type { RelatedPlace, RuleContext } from '../rule.ts';
import { relatedAt } from './lifecycle.ts';
import { withIndex } from '../../text/ends.ts';

/** A call in some function of the driver. */
export interface CallSite {
  readonly fn: DriverFunction;
  readonly op: CallOp;
}

/** A function that the system calls when something is to be undone, and the slot that holds it. */
export interface UndoRoutine {
  readonly fn: DriverFunction;
  readonly slot: string;
}

/** The functions that this file defines. */
export const functionsHere = ({ driver, facts }: RuleContext): DriverFunction[] =>
  [...driver.lifecycle.table.functions.values()].filter(({ file }) => file.uri === facts.uri);

/** Every call of a function by name, macros expanded, in the order of files and lines. */
export const sitesOf = ({ driver }: RuleContext, callee: string): CallSite[] =>
  [...driver.lifecycle.table.functions.values()]
    .filter(({ flow }) => flow.graph.calls.has(callee))
    .flatMap((fn) =>
      callsOf(fn.flow.graph)
        .filter((op) => op.callee === callee)
        .map((op) => ({ fn, op })),
    )
    .toSorted(
      (a, b) =>
        (a.fn.file.uri < b.fn.file.uri ? -1 : a.fn.file.uri > b.fn.file.uri ? 1 : 0) ||
        a.fn.flow.fact.range.start - b.fn.flow.fact.range.start ||
        a.op.range.start - b.op.range.start,
    );

/** Where a call's name stands. */
export const nameSpot = ({ fn, op }: CallSite): Spot => ({ fn: fn.id, range: op.nameRange });

/** A function's own name, as related information. */
export function functionAt({ facts }: RuleContext, fn: DriverFunction, message: string): RelatedPlace {
  const { uri } = fn.file;
  return { ...(uri === facts.uri ? {} : { uri }), range: fn.flow.fact.nameRange, message };
}

/** True when the function is called first by the system. */
export function isEntry({ catalog }: RuleContext, { role }: Binding): boolean {
  let roles = entryRoles.get(catalog);
  if (!roles) {
    roles = new Set([...catalog.entryPoints.values()].map((entry) => entry.role));
    entryRoles.set(catalog, roles);
  }
  return roles.has(role);
}

const entryRoles = new WeakMap<RuleContext['catalog'], ReadonlySet<string | undefined>>();

/** Everything that can run because one of the functions runs: what it calls, and what it hands on by name as a callback. */
export function reachableByName({ driver }: RuleContext, from: Iterable<FunctionId>): Set<FunctionId> {
  const { table, bindings } = driver.lifecycle;
  const slotted = new Set(bindings.flatMap(({ fn, slot }) => (slot === undefined ? [] : [fn.id])));
  const found = new Set<FunctionId>();
  const todo = [...from];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (found.has(id) || !table.functions.has(id)) continue;
    found.add(id);
    for (const callee of table.callees(id)) todo.push(callee.id);
    // A handler that is put into a table runs when the system says so.
    for (const named of table.named(id)) if (!slotted.has(named.id)) todo.push(named.id);
  }
  return found;
}

/**
 * Functions bound to the slots from which a registration is undone. Undefined when one of these slots holds, or may
 * hold, a function that is out of sight.
 */
export function undoRoutines(context: RuleContext, entry: CallEntry): UndoRoutine[] | undefined {
  const { driver, catalog } = context;
  const { table, bindings } = driver.lifecycle;
  const { undo, lifetime } = entry.registration ?? {};
  const from = new Set(undo?.from ?? []);
  const found = new Map<FunctionId, UndoRoutine>();
  for (const { fn, slot } of bindings) {
    if (slot !== undefined && from.has(slot)) found.set(fn.id, { fn, slot });
  }
  for (const file of driver.files.values()) {
    for (const one of file.tables) {
      if (!one.atCall) continue;
      const structure = catalog.structures.get(one.structure);
      for (const { name } of structure?.members ?? []) {
        if (!from.has(name)) continue;
        const state = slotState(one, name);
        if (state === 'unknown') return undefined;
        for (const { slot, value } of one.writes) {
          if (slot !== name || value.kind === 'null') continue;
          if (value.kind !== 'name' || table.resolve(value.name, file).kind !== 'own') return undefined;
        }
      }
    }
  }
  if (lifetime === 'driver') {
    const assigned = unloadRoutines(table, catalog.idioms.unloadSlots);
    if (!assigned) return undefined;
    for (const [id, slot] of assigned) {
      const fn = table.functions.get(id);
      if (fn && !found.has(id)) found.set(id, { fn, slot });
    }
  }
  return [...found.values()];
}

/** True when everything that the functions do is in sight: no call through a pointer, none of an unseen body. */
export function isSealed({ driver, catalog }: RuleContext, ids: Iterable<FunctionId>): boolean {
  const { table } = driver.lifecycle;
  const { isKernel } = vocabularyOf(catalog);
  for (const id of ids) {
    const fn = table.functions.get(id);
    if (!fn?.flow.graph.isComplete) return false;
    for (const { callee } of callsOf(fn.flow.graph)) {
      if (callee === undefined) return false;
      const known = table.resolve(callee, fn.file);
      if (known.kind === 'opaque') return false;
      if (known.kind === 'own' || fn.file.includesRead || isKernel(callee)) continue;
      if (!catalog.calls.has(callee) && !catalog.idioms.readOnly.includes(callee)) return false;
    }
  }
  return true;
}

/** Calls that lead from one function to another, the shortest way; empty when they are the same. */
export function callChain(context: RuleContext, from: DriverFunction, to: FunctionId): CallSite[] {
  const { table } = context.driver.lifecycle;
  const before = new Map<FunctionId, CallSite | undefined>([[from.id, undefined]]);
  const queue = [from];
  for (const fn of queue) {
    if (fn.id === to) break;
    for (const op of callsOf(fn.flow.graph)) {
      const callee = op.callee === undefined ? undefined : table.resolve(op.callee, fn.file);
      if (callee?.kind !== 'own' || before.has(callee.fn.id)) continue;
      before.set(callee.fn.id, { fn, op });
      queue.push(callee.fn);
    }
  }
  const chain: CallSite[] = [];
  for (let at = before.get(to); at; at = before.get(at.fn.id)) chain.unshift(at);
  return chain;
}

/** The calls of a chain, as related information. */
export const chainAt = (context: RuleContext, chain: readonly CallSite[]): RelatedPlace[] =>
  chain.map((site) => relatedAt(context, nameSpot(site), `'${site.op.callee ?? ''}' is called here`));

/** Where a function was bound to a slot, as related information. */
export function bindingAt({ driver, facts }: RuleContext, { fn, slot }: Binding): RelatedPlace | undefined {
  const name = fn.flow.fact.name;
  for (const file of driver.files.values()) {
    const writes = [...file.tables.flatMap((table) => table.writes), ...file.objectWrites];
    const write = writes.find(
      (one) => withIndex(one.slot, '') === slot && one.value.kind === 'name' && one.value.name === name,
    );
    if (!write) continue;
    return {
      ...(file.uri === facts.uri ? {} : { uri: file.uri }),
      range: write.range,
      message: `'${name}' becomes '${slot ?? ''}' here`,
    };
  }
  return undefined;
}
