import type { TextRange } from '../../text/range.ts';
import type { Key } from '../../flow/graph.ts';
import type { FunctionId } from './functions.ts';

/** A place in the driver; the range is relative to the function's first character. */
export interface Spot {
  readonly fn: FunctionId;
  readonly range: TextRange;
}

/** One step of the story of a path. */
export interface StoryStep {
  readonly kind: 'registered' | 'failed' | 'undone' | 'test' | 'stored' | 'jump' | 'call';
  readonly at: Spot;
  /** API or function; for a test which way it went. */
  readonly what: string;
  /** Where the tested or stored value comes from. */
  readonly origin?: string;
  /** A test of something that cannot be told: it may have gone the other way, too. */
  readonly isGuess?: boolean;
}

export interface Story {
  readonly step: StoryStep;
  readonly before: Story | undefined;
}

/**
 * A registration call as it is reached: the call's own place, with the calls that led to it in front when it stands in
 * a helper.
 */
export type Site = string;

export interface Held {
  /** `failed`: the call was made and refused. `lost`: code out of sight may have undone it. */
  readonly state: 'registered' | 'failed' | 'undone' | 'lost';
  /** Catalogue name of the registration call. */
  readonly call: string;
  readonly at: Spot;
  /** Where the handle is kept. */
  readonly handle: Key | undefined;
  /** Somebody looked at the call's status. */
  readonly isChecked: boolean;
  /** The table that was registered. */
  readonly table: Key | undefined;
  readonly undoneAt?: Spot;
}

/** Where an object was released; `wasReady` when the same function had made it ready before. */
export interface Release extends Spot {
  readonly wasReady?: true;
}

/** An undo call for something that was registered elsewhere. */
export interface ForeignUndo {
  readonly call: string;
  readonly handle: Key | undefined;
  readonly at: Spot;
  /** Code out of sight ran since, and may have registered again. */
  readonly isPast?: true;
}

/** What one way through the code has done so far. Immutable. */
export interface Memory {
  readonly held: ReadonlyMap<Site, Held>;
  readonly undone: readonly ForeignUndo[];
  /** Objects made ready on the way, and released. */
  readonly ready: ReadonlyMap<Key, Spot>;
  readonly released: ReadonlyMap<Key, Release>;
  /** Writes to a registered table that no later registration takes up, by site. */
  readonly lateWrites: ReadonlyMap<Site, readonly Spot[]>;
  readonly story: Story | undefined;
}

export const EMPTY_MEMORY: Memory = {
  held: new Map(),
  undone: [],
  ready: new Map(),
  released: new Map(),
  lateWrites: new Map(),
  story: undefined,
};

/** What has become of registrations, as text. */
export function propertyText(memory: Memory): string {
  const held = [...memory.held]
    .map(([site, one]) => `${site}:${one.state}:${one.handle ?? ''}:${one.isChecked ? 'c' : ''}`)
    .toSorted();
  const undone = memory.undone.map(
    ({ call, handle, at, isPast }) => `${call}(${handle ?? ''})${at.range.start}${isPast ? 'p' : ''}`,
  );
  return `${held.join()};${undone.join()}`;
}

/** Text that is equal exactly for equal memories; stories are left out. */
export const memoryText = (memory: Memory): string =>
  [
    propertyText(memory),
    [...memory.ready.keys()].toSorted().join(),
    [...memory.released]
      .map(([key, { wasReady }]) => (wasReady ? key : `!${key}`))
      .toSorted()
      .join(),
    [...memory.lateWrites.keys()].toSorted().join(),
  ].join(';');

/** Two ways with the same registrations as one: ready is what both made ready, released what either did. */
export function mergeMemory(a: Memory, b: Memory): Memory {
  return {
    ...a,
    ready: new Map([...a.ready].filter(([key]) => b.ready.has(key))),
    released: new Map([...b.released, ...a.released]),
    lateWrites: new Map([...b.lateWrites, ...a.lateWrites]),
  };
}

export const told = (memory: Memory, step: StoryStep): Memory => ({
  ...memory,
  story: { step, before: memory.story },
});

/** A story from its beginning. */
export function storyLine(story: Story | undefined): StoryStep[] {
  const steps: StoryStep[] = [];
  for (let at = story; at; at = at.before) steps.push(at.step);
  return steps.toReversed();
}

/** The way depends on a test that cannot be told; of those since a registration call if one is given. */
export function hasGuess(story: Story | undefined, since: Held | undefined): boolean {
  for (let at = story; at; at = at.before) {
    const { kind, at: place, isGuess } = at.step;
    if (isGuess) return true;
    if (!since || (kind !== 'failed' && kind !== 'registered')) continue;
    if (place.fn === since.at.fn && place.range.start === since.at.range.start) return false;
  }
  return false;
}
