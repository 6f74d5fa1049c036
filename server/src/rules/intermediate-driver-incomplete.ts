import { valueRules } from '../catalog/catalog.ts';
import { hasFlag, reachingWrites } from '../driver/table-state.ts';
import { defineRule, type Report, type RuleContext } from './rule.ts';
import { type JoinedRegistrations, joinedRegistrations } from './support/associations.ts';
import { handleArgument } from './support/calls.ts';
import { missingFlags } from './support/needed-flags.ts';
import { endOfChecked } from './support/statements.ts';
import { registeredTables } from './support/tables.ts';
import { linesAfter } from '../text/layout.ts';

export default defineRule({
  id: 'intermediate-driver-incomplete',
  severity: 'warning',
  stage: 'stable',
  summary:
    'An intermediate driver does not say that it is one, contradicts itself, or does not join its two edges.',
  why: 'NDIS treats a miniport as an intermediate driver only when its characteristics carry `NDIS_INTERMEDIATE_DRIVER`. Without the flag the virtual miniports are never initialized, or the driver is taken for the driver of a device. A driver with a WDM lower edge cannot be an intermediate driver. The miniport comes first, because the bind handler of the protocol needs its handle; then the protocol; then `NdisIMAssociateMiniport` joins the two.',
  silent:
    'The flags come from a variable or macro that cannot be told, another miniport table of the driver has the flag (a combined miniport and intermediate driver), the entry point calls code that cannot be seen, or nothing says that miniport and protocol belong together.',
  pages: [
    'network/initializing-an-intermediate-driver',
    'network/registering-an-intermediate-driver-as-a-miniport-driver',
    'network/intermediate-driver-driverentry-function',
  ],
  *check(context) {
    yield* exclusiveFlags(context);
    yield* missingFlags(context, 'register');
    for (const joined of joinedRegistrations(context)) {
      yield* wrongOrder(context, joined);
      yield* earlyAssociation(context, joined);
      yield* missingAssociation(context, joined);
    }
  },
});

function* exclusiveFlags(context: RuleContext): Generator<Report> {
  const { catalog } = context;
  for (const { table, structure } of registeredTables(context)) {
    for (const member of structure.members) {
      for (const rule of valueRules(member)) {
        if (rule.kind !== 'exclusiveFlags') continue;
        const write = reachingWrites(table, member.name).find(({ value }) =>
          rule.flags.every((flag) => hasFlag(value, flag, catalog) === true),
        );
        if (!write) continue;
        yield {
          at: write.range,
          severity: 'error',
          message: `'${rule.flags[0]}' and '${rule.flags[1]}' exclude each other`,
          help: rule.because,
          page: rule.page,
          fixes: () =>
            write.value.kind === 'flags' && write.value.names.length === 2
              ? rule.flags.map((flag) => ({
                  title: `Keep only ${flag}`,
                  safety: 'suggestion' as const,
                  edits: [{ range: write.range, newText: flag }],
                }))
              : [],
        };
      }
    }
  }
}

/** A registration is made before the one whose handle its callbacks need. */
function* wrongOrder(
  context: RuleContext,
  { entry, association, places }: JoinedRegistrations,
): Generator<Report> {
  if (association.inOrder === undefined) return;
  const [first, second] = places;
  if (!first || !second || second.before.has(first.call.name) || !first.before.has(second.call.name)) return;
  if (second.file !== context.facts) return;
  yield {
    at: second.call.nameRange,
    message: `'${second.call.name}' is called before '${first.call.name}', whose handle its callbacks need`,
    help: association.inOrder,
    related: [
      {
        ...(first.file === context.facts ? {} : { uri: first.file.uri }),
        range: first.call.nameRange,
        message: `'${first.call.name}' is called here`,
      },
    ],
    page: entry.page,
  };
}

/** The call that joins them is made before both handles exist. */
function* earlyAssociation(context: RuleContext, joined: JoinedRegistrations): Generator<Report> {
  const { entry, association, places, joins } = joined;
  for (const join of joins) {
    if (join.file !== context.facts) continue;
    const late = places.find(({ call }) => !join.before.has(call.name));
    if (!late) continue;
    yield {
      at: join.call.nameRange,
      message: `'${entry.name}' is called before '${late.call.name}' has given it a handle`,
      help: association.because,
      related: [
        {
          ...(late.file === context.facts ? {} : { uri: late.file.uri }),
          range: late.call.nameRange,
          message: `'${late.call.name}' is called here`,
        },
      ],
      page: entry.page,
    };
  }
}

function* missingAssociation(context: RuleContext, joined: JoinedRegistrations): Generator<Report> {
  const { entry, association, places, isMissing } = joined;
  const last = places.find((place) =>
    places.every((other) => other === place || place.before.has(other.call.name)),
  );
  if (!isMissing || !last || last.file !== context.facts) return;
  yield {
    at: last.call.nameRange,
    message: `${association.noun} are never associated with '${entry.name}'`,
    help: association.because,
    related: places
      .filter((place) => place !== last)
      .map(({ file, call }) => ({
        ...(file === context.facts ? {} : { uri: file.uri }),
        range: call.nameRange,
        message: 'the other edge is registered here',
      })),
    page: entry.page,
    fixes: () => {
      const handles = places.map((place) => handleArgument(context, place, last));
      const end = endOfChecked(context.text, last.call.statement);
      if (end === undefined || handles.includes(undefined)) return [];
      return [
        {
          title: `Call ${entry.name} behind the registration`,
          safety: 'suggestion',
          edits: [
            linesAfter(context.text, { start: last.call.statement.start, end }, [
              `${entry.name}(${handles.join(', ')});`,
            ]),
          ],
        },
      ];
    },
  };
}
