import { type CallOp, type Expr, type Key, tailOf } from '../../flow/graph.ts';
import { type Known, UNKNOWN_VALUE, ZERO } from '../../flow/values.ts';
import { withHeld } from './held.ts';
import { type ForeignUndo, hasGuess, storyLine, told } from './memory.ts';
import { HANDLE_OF } from './origins.ts';
import { entryOf, isSure, knownAt, spotIn, type Walk, type Way } from './walk.ts';

/** Undo calls on one way for what was registered elsewhere; who makes more walks along a list. */
const UNDONE_LIMIT = 16;

/** An undo call takes back the registration whose handle it gets. */
export function undoCall(walk: Walk, op: CallOp, callee: string, state: Way): Way {
  const index = walk.view.vocabulary.undoArgument.get(callee) ?? 0;
  const argument = op.arguments[index]?.value;
  const value = argument && valueOf(argument, state);
  const handle = argument?.kind === 'place' ? state.resolve(argument.key) : undefined;
  const source = value?.same !== undefined && !value.same.startsWith('&') ? value.same : handle;
  return takeBack(walk, state, { call: callee, handle: source, at: spotIn(walk, op.range) }, value?.origin);
}

function valueOf(expr: Expr, state: Way): Known {
  return expr.kind === 'place' ? state.lookup(expr.key) : UNKNOWN_VALUE;
}

/**
 * Takes a registration back; one of this way if there is one, else one that was made elsewhere. `before` is the state
 * that the undo call found: a helper may have reset the handle since.
 */
export function takeBack(
  walk: Walk,
  state: Way,
  undo: ForeignUndo,
  origin: string | undefined,
  before = state,
): Way {
  outOfOrder(walk, state, undo);
  const { memory } = state;
  const calls = new Set((walk.view.vocabulary.undoneBy.get(undo.call) ?? []).map(({ name }) => name));
  const candidates = [...memory.held].filter(([, held]) => calls.has(held.call));
  const exact = candidates.filter(
    ([site, held]) =>
      origin === `${HANDLE_OF}${site}` || (undo.handle !== undefined && held.handle === undo.handle),
  );
  const alike = candidates.filter(([, held]) => sameTail(held.handle, undo.handle));
  // With another handle than those that are known here it may be any that stands.
  const matches =
    exact.length > 0
      ? exact
      : alike.length > 0
        ? alike
        : candidates.filter(([, held]) => held.state === 'registered' || held.state === 'lost');
  const isNamed = exact.length > 0 || alike.length > 0;
  let next = releasedBefore(
    walk,
    state,
    undo,
    matches.length === 0 || matches.some(([, held]) => held.state === 'registered' || held.state === 'lost'),
  );
  if (matches.length === 0) {
    const { undone } = next.memory;
    // Round a loop the same words may name another handle, and the list would grow with every turn.
    if (undone.length >= UNDONE_LIMIT || undone.some((one) => isSameUndo(one, undo))) return next.vague();
    foreign(walk, before, undo);
    return next.withMemory({ ...next.memory, undone: [...undone, undo] });
  }
  for (const [site, held] of matches) {
    if (held.state === 'registered' || held.state === 'lost') {
      const known = walk.undoAssumptions.get(site) ?? [];
      walk.undoAssumptions.set(site, [...known, state.assumed]);
      next = withHeld(next, site, { ...held, state: 'undone', undoneAt: undo.at });
    } else if (
      isNamed &&
      matches.length === 1 &&
      !state.isVague &&
      held.state === 'undone' &&
      held.undoneAt
    ) {
      walk.observations.push({ kind: 'undone-twice', call: undo.call, at: undo.at, first: held.undoneAt });
    } else if (
      isNamed &&
      matches.length === 1 &&
      !state.isVague &&
      held.state === 'failed' &&
      state.assumed.size === 0 &&
      !walk.isGuessing &&
      !hasGuess(memory.story, held)
    ) {
      walk.observations.push({
        kind: 'undone-unregistered',
        call: undo.call,
        at: undo.at,
        held,
        story: storyLine(memory.story),
      });
    }
  }
  return next.withMemory(told(next.memory, { kind: 'undone', at: undo.at, what: undo.call }));
}

const isSameUndo = (a: ForeignUndo, b: ForeignUndo): boolean =>
  a.call === b.call && a.handle === b.handle && a.at.fn === b.at.fn && a.at.range.start === b.at.range.start;

/** Something that the undone registration still needs was undone before it. */
function outOfOrder(walk: Walk, { memory, isVague }: Way, undo: ForeignUndo): void {
  if (isVague) return;
  const done = [
    ...memory.undone,
    ...[...memory.held.values()].flatMap((held) => {
      const call = entryOf(walk, held.call)?.registration?.undo?.call;
      return held.undoneAt && call !== undefined ? [{ call, at: held.undoneAt }] : [];
    }),
  ];
  const first = done.find(({ call }) => walk.view.undoOrder.get(call)?.has(undo.call));
  if (!first) return;
  walk.observations.push({
    kind: 'undone-out-of-order',
    call: undo.call,
    at: undo.at,
    first: first.at,
    firstCall: first.call,
  });
}

function foreign(walk: Walk, state: Way, undo: ForeignUndo): void {
  const first = state.memory.undone.find(
    ({ call, handle, isPast }) =>
      call === undo.call && handle === undo.handle && handle !== undefined && !isPast,
  );
  if (
    first &&
    !state.isVague &&
    undo.handle !== undefined &&
    !undo.handle.includes('[*]') && // which of the elements?
    state.lookup(undo.handle).mask !== ZERO &&
    !isReset(state, undo.handle)
  ) {
    walk.observations.push({ kind: 'undone-twice', call: undo.call, at: undo.at, first: first.at });
    return;
  }
  const isNull = undo.handle !== undefined && knownAt(walk, state, undo.handle).mask === ZERO;
  if (isNull && isSure(walk, state)) {
    walk.observations.push({
      kind: 'undone-unregistered',
      call: undo.call,
      at: undo.at,
      held: undefined,
      story: storyLine(state.memory.story),
    });
  }
}

/** What was released on the way here although callbacks of the registration could still run. */
function releasedBefore(walk: Walk, state: Way, undo: ForeignUndo, isOpen: boolean): Way {
  const calls = walk.view.vocabulary.undoneBy.get(undo.call) ?? [];
  if (!isOpen || !calls.some(({ registration }) => registration?.earliestCallback === 'insideCall'))
    return state;
  for (const [key, at] of state.memory.released) {
    walk.observations.push({ kind: 'released-early', call: undo.call, key, at, undo: undo.at });
  }
  return state;
}

const sameTail = (a: Key | undefined, b: Key | undefined): boolean =>
  a !== undefined && b !== undefined && tailOf(a) === tailOf(b);

/** The handle was written since it was read. */
const isReset = (state: Way, handle: Key): boolean => {
  const known = state.values.get(handle);
  return known !== undefined && !known.atEntry;
};
