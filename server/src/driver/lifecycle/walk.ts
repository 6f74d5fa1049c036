import type { CallEntry } from '../../catalog/entry.ts';
import type { Key } from '../../flow/graph.ts';
import type { State } from '../../flow/state.ts';
import type { Known } from '../../flow/values.ts';
import type { TextRange } from '../../text/range.ts';
import type { DriverFunction, FunctionTable } from './functions.ts';
import { hasGuess, type Memory, type Site, type Spot, type StoryStep, told } from './memory.ts';
import type { Observation } from './observations.ts';
import type { Summary } from './summaries.ts';
import type { UndoOrder } from './undo-order.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a simulation asks of the whole driver. */
export interface DriverView {
  readonly table: FunctionTable;
  readonly vocabulary: Vocabulary;
  /** Which undo must come before which. */
  readonly undoOrder: UndoOrder;
  readonly summaryOf: (fn: DriverFunction) => Summary;
  /** What a place holds when nothing has written it; undefined when that cannot be told. */
  readonly entryValue: (key: Key, isEntryPoint: boolean) => Known | undefined;
}

/** One function that is followed, with what is found on its ways. */
export interface Walk {
  readonly fn: DriverFunction;
  readonly view: DriverView;
  readonly isEntryPoint: boolean;
  readonly noReturn: ReadonlySet<string>;
  readonly observations: Observation[];
  readonly undoAssumptions: Map<Site, ReadonlyMap<Key, number>[]>;
  readonly everReady: Set<Key>;
  /** What a callee did depends on something that cannot be told here. */
  isGuessing: boolean;
}

/** One way through the function, as far as it has come. */
export type Way = State<Memory>;

export const newWalk = (fn: DriverFunction, view: DriverView, isEntryPoint: boolean): Walk => ({
  fn,
  view,
  isEntryPoint,
  noReturn: new Set(view.vocabulary.catalog.idioms.noReturn),
  observations: [],
  undoAssumptions: new Map(),
  everReady: new Set(),
  isGuessing: false,
});

export function spotIn(walk: Walk, range: TextRange): Spot {
  return { fn: walk.fn.id, range };
}

/** Adds a step to the story of the way. */
export function tell(
  walk: Walk,
  state: Way,
  kind: StoryStep['kind'],
  range: TextRange,
  what: string,
  origin?: string,
): Way {
  const step = { kind, at: spotIn(walk, range), what, ...(origin === undefined ? {} : { origin }) };
  return state.withMemory(told(state.memory, step));
}

export function entryOf(walk: Walk, call: string): CallEntry | undefined {
  return walk.view.vocabulary.catalog.calls.get(call);
}

/** What a place holds when nothing on the way has written it. */
export function entryValue(walk: Walk, key: Key): Known | undefined {
  return walk.view.entryValue(key, walk.isEntryPoint);
}

export function knownAt(walk: Walk, state: Way, key: Key): Known {
  const known = state.lookup(key);
  return known.atEntry ? (entryValue(walk, state.resolve(key)) ?? known) : known;
}

/** Nothing on the way depends on what is out of sight. */
export function isSure(walk: Walk, state: Way): boolean {
  return (
    walk.isEntryPoint &&
    !state.isVague &&
    state.assumed.size === 0 &&
    !walk.isGuessing &&
    !hasGuess(state.memory.story, undefined)
  );
}

/** A test went this way, but it may as well have gone the other way. */
export const isGuessed = ({ exact, origin, atEntry }: Known): boolean =>
  exact === undefined && origin === undefined && !atEntry;

/** A registration call's own place. */
export const siteOf = ({ tag }: DriverFunction, { start }: TextRange, call: string): Site =>
  `${tag}@${start}:${call}`;
