import { isGlobal, type Key, pathOf, rootOf, tailOf } from '../../flow/graph.ts';
import type { Exit } from '../../flow/simulate.ts';
import { State } from '../../flow/state.ts';
import type { Known } from '../../flow/values.ts';
import { isOfRegistration } from './origins.ts';
import { type Memory, memoryText, mergeMemory, propertyText, type Spot, storyLine } from './memory.ts';

/** One way a call of a function may go, in the function's own names. */
export interface Outcome {
  /** What must hold before, by place. */
  readonly assumed: ReadonlyMap<Key, number>;
  /** What places hold afterwards, as far as callers can see them. */
  readonly values: ReadonlyMap<Key, Known>;
  readonly result: Known | undefined;
  readonly memory: Memory;
  readonly isVague: boolean;
}

/** Undefined: the function may do anything. */
export type Summary = readonly Outcome[] | undefined;

/** Outcomes kept apart for one function. */
const OUTCOME_LIMIT = 24;

/** What callers need of a function's exits. */
export function summarize(
  exits: readonly Exit<Memory>[],
  parameters: ReadonlySet<string>,
  isWanted: (name: string) => boolean,
): Summary {
  const outcomes = new Map<string, Exit<Memory>>();
  for (const exit of exits) {
    const visible = (key: Key): boolean =>
      key.startsWith('#') ||
      ((isGlobal(key) || (parameters.has(rootOf(key)) && pathOf(key) !== '')) && isWanted(tailOf(key)));
    const kept = exit.state.keep(visible);
    const assumed = new Map(
      [...kept.assumed].filter(
        ([key]) => key.startsWith('#') || isGlobal(key) || parameters.has(rootOf(key)),
      ),
    );
    const state = new State(kept.values, assumed, kept.memory, kept.isVague);
    const text = textOf(state, exit.value);
    if (!outcomes.has(text)) outcomes.set(text, { ...exit, state });
  }
  const list = outcomes.size <= OUTCOME_LIMIT ? [...outcomes.values()] : merged([...outcomes.values()]);
  if (list.length > OUTCOME_LIMIT) return undefined;
  return list.map(({ state, value }) => ({
    assumed: state.assumed,
    values: new Map([...state.values].map(([key, known]) => [key, withoutPlace(known)])),
    result: value && withoutPlace(value),
    memory: state.memory,
    isVague: state.isVague,
  }));
}

/** Where in the function a value came from says nothing to callers; what it has to do with a registration does. */
function withoutPlace(known: Known): Known {
  if (known.origin === undefined || isOfRegistration(known.origin)) return known;
  const { origin: _origin, ...rest } = known;
  return rest;
}

/** Text that is equal for summaries which say the same, places and stories included. */
export function summaryText(summary: Summary): string {
  if (!summary) return 'anything';
  const spot = ({ fn, range }: Spot): string => `${fn}@${range.start}-${range.end}`;
  return summary
    .map(({ assumed, values, result, memory, isVague }) => {
      const state = new State(values, assumed, memory, isVague);
      const places = [
        ...[...memory.held.values()].map(({ at }) => at),
        ...memory.undone.map(({ at }) => at),
        ...memory.ready.values(),
        ...memory.released.values(),
        ...[...memory.lateWrites.values()].flat(),
        ...storyLine(memory.story).map(({ at }) => at),
      ];
      return `${textOf(state, result)}\n${places.map(spot).join()}`;
    })
    .join('\n\n');
}

const textOf = (state: State<Memory>, value: Known | undefined): string =>
  `${value?.mask ?? ''} ${value?.origin ?? ''} ${value?.exact ?? ''}\n${state.text(memoryText(state.memory))}`;

/** Exits that did the same and return the same class are one. */
function merged(exits: readonly Exit<Memory>[]): Exit<Memory>[] {
  const found = new Map<string, Exit<Memory>>();
  for (const exit of exits) {
    const text = `${exit.value?.mask ?? ''}\n${propertyText(exit.state.memory)}`;
    const known = found.get(text);
    found.set(
      text,
      known
        ? {
            ...known,
            state: known.state.join(exit.state, mergeMemory(known.state.memory, exit.state.memory)),
          }
        : exit,
    );
  }
  return [...found.values()];
}
