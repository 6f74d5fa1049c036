import type { CallOp, Key } from '../../flow/graph.ts';
import type { Known } from '../../flow/values.ts';
import { objectOf } from './call-values.ts';
import { type Release, type Spot, storyLine } from './memory.ts';
import { HANDLE_OF } from './origins.ts';
import { entryOf, isSure, spotIn, type Walk, type Way } from './walk.ts';

/** Origin of an object that a call made and whose place is not known yet. */
export const READY_AS = 'ready';

/** A call may make an object ready or release it, and is noted when the object is at file scope. */
export function readyOrReleased(
  walk: Walk,
  op: CallOp,
  callee: string,
  state: Way,
  args: readonly Known[],
): Way {
  const { readies, releases } = walk.view.vocabulary;
  const ready = readies(callee);
  if (ready !== undefined) {
    const key = objectOf(args[ready], op.arguments[ready]?.value, state);
    const needsHandle = args.some(({ origin }, index) => index !== ready && origin?.startsWith(HANDLE_OF));
    return key === undefined || needsHandle ? state : makeReady(walk, state, key, spotIn(walk, op.range));
  }
  const released = releases(callee);
  if (released === undefined) return state;
  const key = objectOf(args[released], op.arguments[released]?.value, state);
  return key === undefined ? state : release(walk, state, key, spotIn(walk, op.range));
}

export function makeReady(walk: Walk, state: Way, key: Key, at: Spot): Way {
  walk.everReady.add(key);
  // What was ready before may be made ready again, such as a list that is emptied.
  const isNew = !state.memory.ready.has(key);
  for (const held of state.memory.held.values()) {
    const isOpen =
      isNew &&
      held.state === 'registered' &&
      entryOf(walk, held.call)?.registration?.earliestCallback === 'insideCall';
    if (isOpen) walk.observations.push({ kind: 'ready-late', held, key, at });
  }
  const released = new Map(state.memory.released);
  released.delete(key);
  return state.withMemory({ ...state.memory, ready: new Map(state.memory.ready).set(key, at), released });
}

export function release(walk: Walk, state: Way, key: Key, { fn, range, wasReady }: Release): Way {
  const { memory } = state;
  const isReady = wasReady ?? memory.ready.has(key);
  const at: Release = { fn, range, ...(isReady ? { wasReady: true } : {}) };
  if (!isReady && isSure(walk, state)) {
    walk.observations.push({ kind: 'released-unready', key, at, story: storyLine(memory.story) });
  }
  const ready = new Map(memory.ready);
  ready.delete(key);
  return state.withMemory({ ...memory, ready, released: new Map(memory.released).set(key, at) });
}
