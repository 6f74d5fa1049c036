import {
  type AssignOp,
  type Expr,
  isGlobal,
  isPartOf,
  type Key,
  type Op,
  operandsOf,
  pathOf,
  rootOf,
  tailOf,
  type Test,
} from '../../flow/graph.ts';
import { type Client, type Exit, simulate } from '../../flow/simulate.ts';
import { State } from '../../flow/state.ts';
import { type Known, NEGATIVE, NOT_NEGATIVE, UNKNOWN_VALUE, ZERO_VALUE } from '../../flow/values.ts';
import type { TextRange } from '../../text/range.ts';
import { followCall } from './calls.ts';
import type { DriverFunction } from './functions.ts';
import { checked } from './held.ts';
import {
  EMPTY_MEMORY,
  type Memory,
  memoryText,
  mergeMemory,
  propertyText,
  type Site,
  told,
} from './memory.ts';
import type { Observation } from './observations.ts';
import { STATUS_OF, STORED_AT } from './origins.ts';
import { makeReady, READY_AS } from './readiness.ts';
import {
  type DriverView,
  entryOf,
  entryValue,
  isGuessed,
  newWalk,
  spotIn,
  tell,
  type Walk,
  type Way,
} from './walk.ts';

export interface FunctionRun {
  readonly exits: readonly Exit<Memory>[];
  readonly isOverflow: boolean;
  readonly observations: readonly Observation[];
  /** What had been assumed of places out of sight each time a registration was undone, by site. */
  readonly undoAssumptions: ReadonlyMap<Site, readonly ReadonlyMap<Key, number>[]>;
  /** Objects that some way makes ready. */
  readonly everReady: ReadonlySet<Key>;
}

/** Follows one function. An entry point starts with the driver's variables as the loader leaves them. */
export function runFunction(fn: DriverFunction, view: DriverView, isEntryPoint: boolean): FunctionRun {
  const walk = newWalk(fn, view, isEntryPoint);
  const { exits, isOverflow } = simulate(fn.flow.graph, State.initial(EMPTY_MEMORY), clientOf(walk));
  return {
    exits,
    isOverflow,
    observations: isOverflow ? [] : walk.observations,
    undoAssumptions: walk.undoAssumptions,
    everReady: walk.everReady,
  };
}

const clientOf = (walk: Walk): Client<Memory> => ({
  memoryText,
  propertyText,
  mergeMemory,
  constant: (name) => walk.view.vocabulary.constant(name),
  isGuard: (key) => isGuard(walk, key),
  entryValue: (key) => entryValue(walk, key),
  call: (op, state, args) => followCall(walk, op, state, args),
  assigned: (op, state, value) => assigned(walk, op, state, value),
  branched: (state, range, test, way) => branched(walk, state, range, test, way),
  jumped: (state, op) => jumped(walk, state, op),
});

function isGuard({ fn, view }: Walk, key: Key): boolean {
  if (key.startsWith('$')) return true;
  if (view.table.guards.has(tailOf(key))) return true;
  // A parameter by itself: callers know what they pass.
  return pathOf(key) === '' && fn.flow.graph.parameters.includes(key);
}

function assigned(walk: Walk, op: AssignOp, state: Way, value: Known): Way {
  const to = state.resolve(op.to);
  let next = state;
  if (value.origin?.startsWith(STATUS_OF) && (isGlobal(to) || pathOf(to) !== '')) {
    next = checked(next, value.origin.slice(STATUS_OF.length)); // out of this function's hands
  }
  if (
    value.exact !== undefined &&
    value.mask === NEGATIVE &&
    value.origin === undefined &&
    next.memory.held.size > 0
  ) {
    // The status that the function may leave with: where it came from is part of the story.
    const origin = `${STORED_AT}${op.range.start}-${op.range.end}`;
    next = tell(walk, next.set(op.to, { ...value, origin }), 'stored', op.range, value.exact, origin);
  }
  if (value.origin?.startsWith(READY_AS) && isGlobal(to))
    next = makeReady(walk, next, to, spotIn(walk, op.range));
  return lateWrite(walk, next, to, op);
}

/** Writes to a table that has been handed over, and to slots that the class driver owns by now. */
function lateWrite(walk: Walk, state: Way, to: Key, op: AssignOp): Way {
  let memory = state.memory;
  for (const [site, held] of memory.held) {
    if (held.state !== 'registered' || op.declares) continue;
    const { table } = held;
    if (table !== undefined && to !== table && isPartOf(to, table)) {
      const spots = [...(memory.lateWrites.get(site) ?? []), spotIn(walk, op.range)];
      memory = { ...memory, lateWrites: new Map(memory.lateWrites).set(site, spots) };
    }
    const entry = entryOf(walk, held.call);
    const object = entry?.registration?.takesOverDriverObject && driverObject(walk, to);
    if (object) walk.observations.push({ kind: 'late-slot', held, at: spotIn(walk, op.range), slot: object });
  }
  return state.withMemory(memory);
}

/** The slot of the driver object that a place is, when the parameter is one by its type. */
function driverObject(walk: Walk, key: Key): string | undefined {
  const path = pathOf(key);
  if (!/^\.[A-Z]/.test(path)) return undefined;
  const parameter = walk.fn.flow.fact.parameters?.find(({ name }) => name === rootOf(key));
  const { objects } = walk.view.vocabulary.catalog;
  return parameter && objects.has(parameter.type) ? path.slice(1) : undefined;
}

function branched(walk: Walk, state: Way, range: TextRange, test: Test, way: boolean): Way {
  if (test.kind === 'success' && test.byMacro) exactWanted(walk, state, range, test.of);
  const isTold = walk.isEntryPoint || state.memory.held.size > 0;
  if (!isTold || test.kind === 'unknown') return state;
  let next = state;
  let tested: string | undefined;
  let isGuess = false;
  for (const expr of operandsOf(test)) {
    const known = expr.kind === 'place' ? state.lookup(expr.key) : ZERO_VALUE;
    const { origin } = known;
    tested ??= origin;
    if (isGuessed(known)) isGuess = true;
    if (origin?.startsWith(STATUS_OF)) next = checked(next, origin.slice(STATUS_OF.length));
    if (expr.kind !== 'place') continue;
    // A test of the handle says as much.
    const key = state.resolve(expr.key);
    for (const [site, held] of state.memory.held) if (held.handle === key) next = checked(next, site);
  }
  const step = { kind: 'test' as const, at: spotIn(walk, range), what: way ? 'true' : 'false' };
  return next.withMemory(
    told(next.memory, {
      ...step,
      ...(tested === undefined ? {} : { origin: tested }),
      ...(isGuess ? { isGuess } : {}),
    }),
  );
}

function exactWanted(walk: Walk, state: Way, range: TextRange, of: Expr): void {
  const { origin, mask } = of.kind === 'place' ? state.lookup(of.key) : UNKNOWN_VALUE;
  if ((mask & NOT_NEGATIVE) !== NOT_NEGATIVE) return; // compared exactly before
  const callee = /^c:\d+-\d+:([^:]*):/.exec(origin ?? '')?.[1];
  const entry = callee === undefined ? undefined : entryOf(walk, callee);
  if (entry?.returns.test === 'exact') {
    walk.observations.push({ kind: 'inexact-test', call: entry.name, at: spotIn(walk, range) });
  }
}

function jumped(walk: Walk, state: Way, op: Extract<Op, { kind: 'jump' }>): Way {
  const isTold = walk.isEntryPoint || state.memory.held.size > 0;
  return isTold ? tell(walk, state, 'jump', op.range, op.how) : state;
}
