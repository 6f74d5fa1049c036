import type { CallEntry } from '../../catalog/entry.ts';
import { isGlobal, type Key, nameOf, pathOf, rootOf, shortName } from '../../flow/graph.ts';
import type { DriverFunction } from '../../driver/lifecycle/functions.ts';
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

/** Nobody keeps the status of the registration call, not even in a variable. */
export function isStatusDropped({ driver }: RuleContext, { at }: Held): boolean {
  const { start } = driver.placeOf(at).range;
  const call = driver.functionOf(at)?.file.calls.find(({ range }) => range.start === start);
  return call?.result === 'ignored' || call?.result === 'discarded';
}

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
  const leaving = steps.at(-1)?.at.fn;
  const told = steps.flatMap((step) => {
    // That a helper returns goes without saying.
    if (step.kind === 'jump' && step.what === 'return' && step.at.fn !== leaving) return [];
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
  const path = pathOf(handle).replace(/\.\*$/, '');
  const own = context.driver.lifecycle.table.functions.get(fn);
  if (isGlobal(handle)) return own && canName(own, root) ? nameOf(root) + path : undefined;
  if (held.at.fn !== fn) {
    // Registered by a helper: the caller reaches one member through a variable of its own.
    const body =
      own && context.textOf(own.file.uri)?.slice(own.flow.fact.range.start, own.flow.fact.range.end);
    const arrow = new RegExp(`\\b${root}\\s*(->|\\.)`).exec(body ?? '')?.[1];
    return arrow === undefined || !/^\.\w+$/.test(path) ? undefined : root + arrow + path.slice(1);
  }
  const entry = entryOf(context, held);
  const index = entry?.parameters.findIndex((parameter) => parameter.role === 'handleOut') ?? -1;
  const call = context.driver
    .functionOf(held.at)
    ?.file.calls.find(({ range }) => range.start === context.driver.placeOf(held.at).range.start);
  const text = call?.arguments[index]?.text.trim();
  if (text === undefined) return undefined;
  return text.startsWith('&') ? text.slice(1).trim() : `*${text}`;
}

/** A variable of its own file, or one that its file shares with others. */
function canName({ file }: DriverFunction, root: Key): boolean {
  const scope = root.slice(0, root.lastIndexOf('::'));
  if (scope !== '') return scope === shortName(file.uri);
  if (file.globals.has(root)) return true;
  return [...file.flows.values()].some(({ graph }) =>
    [...graph.globals].some((key) => key === root || rootOf(key) === root),
  );
}

/** The call that takes a registration back, as a statement. */
export function undoStatement(context: RuleContext, held: Held, fn: string): string | undefined {
  const undo = entryOf(context, held)?.registration?.undo?.call;
  if (undo === undefined) return undefined;
  if (held.at.fn !== fn) {
    const helper = undoHelper(context, undo, fn);
    if (helper !== undefined) return `${helper}();`;
  }
  const handle = handleText(context, held, fn);
  return handle === undefined ? undefined : `${undo}(${handle});`;
}

/** The driver's own function without parameters that undoes what a helper registered, if there is just one. */
function undoHelper(context: RuleContext, undo: string, fn: string): string | undefined {
  const { table, bindings } = context.driver.lifecycle;
  const from = table.functions.get(fn);
  const helpers = [...table.functions.values()].filter(
    (one) =>
      one.flow.graph.calls.has(undo) &&
      one.flow.graph.parameters.length === 0 &&
      (one.file === from?.file || !one.flow.fact.isStatic) &&
      !bindings.some((binding) => binding.fn === one),
  );
  return helpers.length === 1 ? helpers[0]?.flow.fact.name : undefined;
}
