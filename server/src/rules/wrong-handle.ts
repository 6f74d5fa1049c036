import { type Key, nameOf, pathOf, rootOf, tailOf } from '../flow/graph.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import { type DriverFunction, spelled } from '../driver/lifecycle/functions.ts';
import type { HandlePlace } from '../driver/lifecycle/handles.ts';
import { defineRule, type Fix, type RelatedPlace, type Report, type RuleContext } from './rule.ts';
import {
  callOf,
  entryOfUse,
  isMismatchedUndo,
  providerAt,
  providerName,
  type WrongUse,
  wrongUses,
} from './support/handle-uses.ts';
import { nameableIn } from './support/insertion.ts';
import { textAt } from './support/lifecycle.ts';
import { lastWord } from '../text/ends.ts';

export default defineRule({
  id: 'wrong-handle',
  severity: 'error',
  stage: 'stable',
  summary: 'A call gets a handle of another kind than it takes.',
  why: 'All handles have the same C type, so that the compiler cannot tell a driver handle from an adapter or a DMA handle. Windows takes what it gets for a structure of the kind it expects and reads, changes or releases memory that belongs to something else.',
  silent: 'It cannot be told where the handle comes from, or the variable may also hold the right one.',
  pages: ['ddi/ndis/nf-ndis-ndismderegisterscattergatherdma', 'ddi/ndis/nf-ndis-ndisimassociateminiport'],
  *check(context) {
    const uses = wrongUses(context);
    for (const use of uses) {
      if (isMismatchedUndo(context, use)) continue; // the call is wrong, not the handle
      const ofCall = uses.filter(({ at }) => at.fn === use.at.fn && at.range.start === use.at.range.start);
      const partner = ofCall.find((other) => other !== use && areSwapped(use, other));
      if (partner && partner.argument < use.argument) continue;
      yield partner ? swapped(context, use, partner) : single(context, use);
    }
    yield* inPlaceOfContext(context);
  },
});

/** The handle that a call takes stands where the call takes the driver's context, and something else in its place. */
function* inPlaceOfContext(context: RuleContext): Generator<Report> {
  const { driver, facts } = context;
  for (const use of driver.handles.uses) {
    const fn = driver.functionOf(use.at);
    const op = callOf(context, use);
    if (use.actual || use.key === undefined || !fn || fn.file !== facts || !op || op.inMacro) continue;
    const entry = entryOfUse(context, use);
    const index = entry?.parameters.findIndex(({ role }) => role === 'context') ?? -1;
    const argument = op.arguments[index];
    if (!entry || argument?.value.kind !== 'place' || argument.value.key === use.key) continue;
    const providers = driver.handles.providersOf(fn, argument.value.key);
    if (!providers?.every((provider) => use.expected.includes(provider))) continue;
    const [a, b] = [use.argumentAt, { fn: fn.id, range: argument.range }];
    const [placeA, placeB] = [driver.placeOf(a).range, driver.placeOf(b).range];
    yield {
      at: { start: Math.min(placeA.start, placeB.start), end: Math.max(placeA.end, placeB.end) },
      severity: 'warning',
      message: `'${textAt(context, b).trim()}' is the '${entry.parameters[use.argument]?.name ?? ''}' that '${use.call}' takes, but stands in the place of '${entry.parameters[index]?.name ?? ''}'`,
      help: 'what is no handle is taken for one, and what belongs to something else is read or changed',
      related: providers.flatMap((provider) =>
        providerAt(context, provider, `the handle comes from ${providerName(context, provider)}`),
      ),
      page: entry.page,
      about: { call: use.call },
      fixes: () => [
        {
          title: 'Swap the two arguments',
          safety: 'suggestion',
          edits: [
            { range: placeA, newText: textAt(context, b) },
            { range: placeB, newText: textAt(context, a) },
          ],
        },
      ],
    };
  }
}

const areSwapped = (a: WrongUse, b: WrongUse): boolean =>
  a.actual.every((provider) => b.expected.includes(provider)) &&
  b.actual.every((provider) => a.expected.includes(provider));

function single(context: RuleContext, use: WrongUse) {
  const { range } = context.driver.placeOf(use.argumentAt);
  const written = textAt(context, use.argumentAt).trim();
  const right = replacement(context, use, written);
  const wanted = wantedPlaces(context, use);
  const [place] = wanted;
  const from = place ? [place.provider] : use.expected.slice(0, 2);
  const name = place && tailOf(place.key);
  const makers = from.map((provider) => providerName(context, provider)).join(' or ');
  const isHandler = from.every((provider) => provider.includes('#'));
  return {
    at: range,
    message: `'${use.call}' expects the handle ${isHandler ? 'that' : 'written by'} ${makers}${isHandler ? ' gets' : ''}${name === undefined ? '' : ` ('${name}')`}, not '${shown(context, use, written)}'`,
    help: `it takes the handle from ${use.actual.map((provider) => providerName(context, provider)).join(' or ')} for one of its own and reads or frees what belongs to something else`,
    related: [...origins(context, use), ...rightPlaces(context, use)],
    page: entryOfUse(context, use)?.page ?? '',
    about: { call: use.call },
    fixes: (): Fix[] =>
      right === undefined
        ? []
        : [{ title: `Pass '${right}'`, safety: 'suggestion', edits: [{ range, newText: right }] }],
  };
}

function swapped(context: RuleContext, first: WrongUse, second: WrongUse) {
  const a = context.driver.placeOf(first.argumentAt).range;
  const b = context.driver.placeOf(second.argumentAt).range;
  const textA = textAt(context, first.argumentAt);
  const textB = textAt(context, second.argumentAt);
  const entry = entryOfUse(context, first);
  const names = [first, second].map(({ argument }) => entry?.parameters[argument]?.name ?? '');
  const isPlain = callOf(context, first)?.inMacro === false;
  return {
    at: { start: a.start, end: b.end },
    message: `'${first.call}' takes '${names[0] ?? ''}' before '${names[1] ?? ''}'; these two handles are swapped`,
    help: 'each handle is taken for one of the other kind, and what belongs to something else is read or changed',
    related: [...origins(context, first), ...origins(context, second)],
    page: entry?.page ?? '',
    about: { call: first.call },
    fixes: (): Fix[] =>
      isPlain
        ? [
            {
              title: 'Swap the two handles',
              safety: 'suggestion',
              edits: [
                { range: a, newText: textB },
                { range: b, newText: textA },
              ],
            },
          ]
        : [],
  };
}

/** The last name of what was passed: `AdapterHandle` of `pAdapter->AdapterHandle`. */
const shown = (context: RuleContext, use: WrongUse, written: string): string =>
  use.key === undefined ? written : callOf(context, use)?.inMacro ? spelled(use.key) : tailOf(use.key);

const origins = (context: RuleContext, use: WrongUse): RelatedPlace[] =>
  use.actual.flatMap((provider) =>
    providerAt(context, provider, `this handle comes from ${providerName(context, provider)}`),
  );

const rightPlaces = (context: RuleContext, use: WrongUse): RelatedPlace[] =>
  use.expected.flatMap((provider) =>
    provider.includes('#')
      ? []
      : providerAt(context, provider, `the right one is written by '${provider}' here`),
  );

const places = ({ driver }: RuleContext, providers: readonly string[]): HandlePlace[] =>
  driver.handles.places.filter(({ provider }) => providers.includes(provider));

/** Where handles of the kind that the call takes are kept. */
const wantedPlaces = (context: RuleContext, use: WrongUse): HandlePlace[] => places(context, use.expected);

/** The right handle as the function can write it; only when there is just one candidate. */
function replacement(context: RuleContext, use: WrongUse, written: string): string | undefined {
  const fn = context.driver.functionOf(use.at);
  if (!fn || callOf(context, use)?.inMacro !== false) return undefined;
  const names = new Set(
    wantedPlaces(context, use).flatMap((place) => nameFor(context, use, place, fn, written) ?? []),
  );
  const [only] = names;
  return names.size === 1 ? only : undefined;
}

function nameFor(
  context: RuleContext,
  use: WrongUse,
  place: HandlePlace,
  fn: DriverFunction,
  written: string,
): string | undefined {
  const global = nameableIn(context, place.key, writtenAt(context, place), fn);
  if (global !== undefined) return global;
  if (use.key === undefined || !/^\w+(?:(?:\.|->)\w+)+$/.test(written)) return undefined;
  // A neighbour in the same structure: the function that fills it reaches both from one base.
  const base = baseOf(place.key);
  if (base === undefined || baseOf(use.key) === undefined) return undefined;
  const sibling = `${base}.${tailOf(use.key)}`;
  return mentions(place.fn, sibling)
    ? written.slice(0, written.length - lastWord(written).length) + tailOf(place.key)
    : undefined;
}

/** `adapter` of `adapter.Dma`. */
const baseOf = (key: Key): Key | undefined => {
  const match = /^(.*)\.\w+$/.exec(key);
  return match && pathOf(key) !== '' && nameOf(rootOf(key)) !== '' ? match[1] : undefined;
};

function mentions({ flow }: DriverFunction, key: Key): boolean {
  return flow.graph.blocks.some(({ ops }) =>
    ops.some((op) => {
      if (op.kind === 'assign') return op.to === key || (op.value.kind === 'place' && op.value.key === key);
      return (
        op.kind === 'call' &&
        op.arguments.some(
          ({ value }) => (value.kind === 'place' || value.kind === 'address') && value.key === key,
        )
      );
    }),
  );
}

/** The out argument that the handle is written through, as its author wrote it. */
function writtenAt(context: RuleContext, { provider, key, fn }: HandlePlace): string {
  for (const op of callsOf(fn.flow.graph)) {
    if (op.callee !== provider || op.inMacro) continue;
    const argument = op.arguments.find(({ value }) => value.kind === 'address' && value.key === key);
    if (argument) return textAt(context, { fn: fn.id, range: argument.range }).trim();
  }
  return '';
}
