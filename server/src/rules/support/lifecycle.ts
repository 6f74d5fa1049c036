import type { CallEntry } from '../../catalog/entry.ts';
import { nameOf, pathOf, rootOf } from '../../flow/graph.ts';
import type { Held, Spot, StoryStep } from '../../driver/lifecycle/memory.ts';
import type { Observation } from '../../driver/lifecycle/observations.ts';
import type { TextRange } from '../../text/range.ts';
import type { RelatedPlace, RuleContext } from '../rule.ts';

type Kind = Observation['kind'];
type Observed<K extends Kind> = Extract<Observation, { kind: K }>;

/** Steps of a path that a reader is walked through; of longer ones the middle is left out. */
const FIRST_STEPS = 3;
const LAST_STEPS = 4;

/** What happens in this file: observations of one kind whose place lies in it. */
export function* observed<K extends Kind>(
  context: RuleContext,
  kind: K,
  placeOf: (one: Observed<K>) => Spot,
): Generator<{ readonly one: Observed<K>; readonly range: TextRange }> {
  for (const one of context.driver.lifecycle.observations) {
    if (one.kind !== kind) continue;
    const place = context.driver.placeOf(placeOf(one as Observed<K>));
    if (place.uri === context.facts.uri) yield { one: one as Observed<K>, range: place.range };
  }
}

/** The catalogue's entry of a registration. */
export const entryOf = ({ catalog }: RuleContext, held: Held): CallEntry | undefined =>
  catalog.calls.get(held.call);

/** A spot as related information; without file when it is the finding's own. */
export function relatedAt({ driver, facts }: RuleContext, spot: Spot, message: string): RelatedPlace {
  const { uri, range } = driver.placeOf(spot);
  return { ...(uri === facts.uri ? {} : { uri }), range, message };
}

/** Walks the reader along a path from the registration on. */
export function walk(context: RuleContext, story: readonly StoryStep[], held: Held): RelatedPlace[] {
  const start = story.findIndex(
    (step) =>
      (step.kind === 'registered' || step.kind === 'failed') &&
      step.at.fn === held.at.fn &&
      step.at.range.start === held.at.range.start,
  );
  const before = story[start - 1];
  const steps = story.slice(before?.kind === 'call' ? start - 1 : Math.max(0, start));
  const told = steps.flatMap((step) => {
    const message = sentence(step);
    return message === undefined ? [] : [relatedAt(context, step.at, message)];
  });
  if (told.length <= FIRST_STEPS + LAST_STEPS) return told;
  return [...told.slice(0, FIRST_STEPS), ...told.slice(-LAST_STEPS)];
}

function sentence({ kind, what }: StoryStep): string | undefined {
  switch (kind) {
    case 'registered':
      return `'${what}' succeeds here`;
    case 'failed':
      return `'${what}' fails here`;
    case 'undone':
      return `'${what}' undoes it here`;
    case 'test':
      return `this is ${what}`;
    case 'stored':
      return `the status becomes ${what} here`;
    case 'call':
      return `'${what}' is called here`;
    case 'jump':
      return what === 'return' ? 'returns here' : `goes on behind this '${what}'`;
  }
}

/** 1-based line of a spot, for messages. */
export function lineOf(context: RuleContext, spot: Spot): number | undefined {
  const { uri, range } = context.driver.placeOf(spot);
  return uri === context.facts.uri ? context.lines.positionAt(range.start).line + 1 : undefined;
}

/** Text of a range of some file of the driver. */
export const textAt = (context: RuleContext, spot: Spot): string => {
  const { uri, range } = context.driver.placeOf(spot);
  return context.textOf(uri)?.slice(range.start, range.end) ?? '';
};

/**
 * The handle of a registration as code in a function can write it: as the author wrote it where it is registered, or the
 * variable's name at file scope. Undefined when the function cannot name it.
 */
export function handleText(context: RuleContext, held: Held, fn: string): string | undefined {
  const { handle } = held;
  if (handle === undefined) return undefined;
  const root = rootOf(handle);
  if (root.includes('::')) return nameOf(root) + pathOf(handle).replace(/\.\*$/, '');
  if (held.at.fn !== fn) return undefined;
  const entry = entryOf(context, held);
  const index = entry?.parameters.findIndex((parameter) => parameter.role === 'handleOut') ?? -1;
  const call = context.driver
    .functionOf(held.at)
    ?.file.calls.find(({ range }) => range.start === context.driver.placeOf(held.at).range.start);
  const text = call?.arguments[index]?.text.trim();
  if (text === undefined) return undefined;
  return text.startsWith('&') ? text.slice(1).trim() : `*${text}`;
}

/** The call that takes a registration back, as a statement. */
export function undoStatement(context: RuleContext, held: Held, fn: string): string | undefined {
  const undo = entryOf(context, held)?.registration?.undo?.call;
  const handle = handleText(context, held, fn);
  return undo === undefined || handle === undefined ? undefined : `${undo}(${handle});`;
}
