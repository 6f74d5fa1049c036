import { type CallOp, isGlobal, type Key, pathOf, rootOf, tailOf } from '../../flow/graph.ts';
import { ENTRY_VALUE, type Known, UNKNOWN_VALUE } from '../../flow/values.ts';
import { resultOf, targetOf } from './call-values.ts';
import type { DriverFunction } from './functions.ts';
import { isAgain, passedOn } from './held.ts';
import { type Memory, type Site, type Story, storyLine } from './memory.ts';
import { isOfRegistration } from './origins.ts';
import { makeReady, readyOrReleased, release } from './readiness.ts';
import type { Outcome } from './summaries.ts';
import { opaqueCall } from './system-calls.ts';
import { takeBack } from './undo-calls.ts';
import { entryOf, isGuessed, knownAt, tell, type Walk, type Way } from './walk.ts';

/** A function of the driver: what its summary says, put in the words of the caller. */
export function ownCall(
  walk: Walk,
  op: CallOp,
  fn: DriverFunction,
  state: Way,
  args: readonly Known[],
): readonly Way[] {
  const { table } = walk.view;
  const seen = passedOn(state, args);
  if (!table.mattering.has(fn.id)) {
    const next = readyOrReleased(walk, op, fn.flow.fact.name, written(walk, fn, op, seen, args), args);
    return [next.set(op.result, resultOf(op, walk.fn))];
  }
  const summary = walk.view.summaryOf(fn);
  if (!summary) return [opaqueCall(walk, op, seen, args)];
  const binding = new Binding(op, fn, args, seen);
  const ways = summary.flatMap((outcome) => applyOutcome(walk, op, fn, outcome, binding, seen) ?? []);
  return ways;
}

/** Forgets what a function out of interest may have written. */
function written(walk: Walk, fn: DriverFunction, op: CallOp, state: Way, args: readonly Known[]): Way {
  const writes = walk.view.table.writes(fn.id);
  let next = state;
  for (const key of writes.globals)
    if (walk.view.table.guards.has(tailOf(key))) next = next.fill(key, ENTRY_VALUE, true);
  args.forEach((arg, index) => {
    const expr = op.arguments[index]?.value;
    if (expr?.kind === 'address' && pathOf(expr.key) === '' && !isGlobal(expr.key))
      next = next.set(expr.key, UNKNOWN_VALUE);
    const target = targetOf(arg, expr, next);
    if (target === undefined) return;
    const base = expr?.kind === 'place' ? expr.key : target;
    for (const member of writes.members) {
      if (walk.view.table.guards.has(member)) next = next.fill(`${base}.${member}`, ENTRY_VALUE, true);
    }
    if (expr?.kind === 'address' && pathOf(expr.key) !== '') next = next.fill(expr.key, ENTRY_VALUE, true);
  });
  return next;
}

/** One way of a call to a function of the driver; undefined when it cannot be taken from here. */
function applyOutcome(
  walk: Walk,
  op: CallOp,
  fn: DriverFunction,
  outcome: Outcome,
  binding: Binding,
  state: Way,
): Way | undefined {
  let next: Way | undefined = state;
  let isGuess = false;
  for (const [key, mask] of outcome.assumed) {
    const here = binding.key(key);
    if (here === undefined) {
      if ((binding.argument(key)?.mask ?? mask) & mask) continue;
      return undefined;
    }
    const known: Known = knownAt(walk, next, here);
    if ((known.mask & mask) === 0) return undefined;
    if ((known.mask & mask) !== known.mask) {
      if (isGuessed(known)) isGuess = true;
      next = next.refine(here, mask, true);
    }
    if (!next) return undefined;
  }
  for (const [key, known] of outcome.values) {
    if (key.startsWith('#')) continue;
    const isRest = key.endsWith('~');
    const here = binding.key(isRest ? key.slice(0, -1) : key);
    if (here === undefined) continue;
    const value = binding.value(known);
    next = isRest ? next.fill(here, value, false) : next.set(here, value);
  }
  if (outcome.isVague) next = next.vague();
  walk.isGuessing = isGuess;
  next = applyMemory(walk, op, fn, outcome.memory, binding, next, state);
  walk.isGuessing = false;
  const result = outcome.result ? binding.value(outcome.result) : UNKNOWN_VALUE;
  // Whatever failed inside, here it is this call.
  return next.set(op.result, { ...resultOf(op, walk.fn), ...result });
}

function applyMemory(
  walk: Walk,
  op: CallOp,
  fn: DriverFunction,
  memory: Memory,
  binding: Binding,
  state: Way,
  before: Way,
): Way {
  let next = state;
  const steps = storyLine(memory.story);
  if (steps.length > 0 || memory.undone.length > 0)
    next = tell(walk, next, 'call', op.range, fn.flow.fact.name);
  for (const undo of memory.undone) {
    const handle = undo.handle === undefined ? undefined : binding.key(undo.handle);
    next = takeBack(
      walk,
      next,
      { ...undo, handle },
      handle === undefined ? undefined : before.lookup(handle).origin,
      before,
    );
  }
  for (const [key, at] of memory.ready) {
    const here = binding.key(key);
    if (here !== undefined && isGlobal(here)) next = makeReady(walk, next, here, at);
  }
  for (const [key, at] of memory.released) {
    const here = binding.key(key);
    if (here !== undefined && isGlobal(here)) next = release(walk, next, here, at);
  }
  let story: Story | undefined = next.memory.story;
  for (const step of steps) story = { step, before: story };
  const held = new Map(next.memory.held);
  for (const [site, one] of memory.held) {
    const handle = one.handle === undefined ? undefined : binding.key(one.handle);
    const here = binding.site(site);
    for (const [other, known] of held) {
      if (one.state === 'registered' && other !== here && isAgain(known, entryOf(walk, one.call), handle)) {
        walk.observations.push({ kind: 'registered-again', first: known, at: one.at, call: one.call });
      }
    }
    held.set(here, { ...one, handle, table: undefined });
    if (one.state === 'undone') {
      walk.undoAssumptions.set(here, [...(walk.undoAssumptions.get(here) ?? []), state.assumed]);
    }
  }
  return next.withMemory({ ...next.memory, held, story });
}

/** How a callee's names read at a call of it. */
class Binding {
  readonly #op: CallOp;
  readonly #args: readonly Known[];
  readonly #parameters: ReadonlyMap<string, number>;
  readonly #state: Way;

  constructor(op: CallOp, fn: DriverFunction, args: readonly Known[], state: Way) {
    this.#op = op;
    this.#args = args;
    this.#parameters = new Map(fn.flow.graph.parameters.map((name, index) => [name, index]));
    this.#state = state;
  }

  /** The caller's place for a place of the callee; undefined when the caller cannot name it. */
  key(key: Key): Key | undefined {
    if (isGlobal(key) || key.startsWith('#')) return key;
    const index = this.#parameters.get(rootOf(key));
    if (index === undefined) return undefined;
    const path = pathOf(key);
    const expr = this.#op.arguments[index]?.value;
    const known = this.#args[index];
    if (known?.same?.startsWith('&')) {
      const target = known.same.slice(1);
      if (path === '') return undefined;
      return target + (path.startsWith('.*') ? path.slice(2) : path);
    }
    if (expr?.kind !== 'place') return undefined;
    return path === '' ? expr.key : this.#state.resolve(expr.key + path);
  }

  /** What is known of the argument that a bare parameter stands for. */
  argument(key: Key): Known | undefined {
    const index = pathOf(key) === '' ? this.#parameters.get(rootOf(key)) : undefined;
    return index === undefined ? undefined : this.#args[index];
  }

  value(known: Known): Known {
    const { same, origin, atEntry: _entry, ...rest } = known;
    const address = same?.startsWith('&') ?? false;
    const here = same === undefined ? undefined : this.key(address ? same.slice(1) : same);
    return {
      ...rest,
      ...(here === undefined ? {} : { same: address ? `&${here}` : here }),
      ...(origin === undefined
        ? {}
        : { origin: isOfRegistration(origin) ? origin.slice(0, 2) + this.site(origin.slice(2)) : origin }),
    };
  }

  site(site: Site): Site {
    return `${this.#op.range.start}>${site}`;
  }
}
