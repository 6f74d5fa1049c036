import { valueRules } from '../catalog/catalog.ts';
import type { MemberEntry, ValueRule } from '../catalog/entry.ts';
import { hasFlag, holds, reachingWrites, slotState } from '../driver/table-state.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { setMembers } from './support/edits.ts';
import { type RegisteredTable, registeredTables } from './support/tables.ts';

type NeededFlag = Extract<ValueRule, { kind: 'neededFlag' }>;

export default defineRule({
  id: 'intermediate-driver-incomplete',
  severity: 'warning',
  stage: 'stable',
  summary: 'An intermediate driver does not say that it is one, or contradicts itself.',
  why: 'NDIS treats a miniport as an intermediate driver only when its characteristics carry `NDIS_INTERMEDIATE_DRIVER`. Without the flag the virtual miniports are never initialized, or the driver is taken for the driver of a device. A driver with a WDM lower edge cannot be an intermediate driver.',
  silent:
    'The flags come from a variable or macro that cannot be told, or another miniport table of the file has the flag (a combined miniport and intermediate driver).',
  pages: [
    'network/initializing-an-intermediate-driver',
    'network/registering-an-intermediate-driver-as-a-miniport-driver',
  ],
  *check(context) {
    const { catalog } = context;
    for (const registered of registeredTables(context)) {
      const { table, call, structure } = registered;
      for (const member of structure.members) {
        for (const rule of valueRules(member)) {
          if (rule.kind === 'exclusiveFlags') {
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
          if (rule.kind !== 'neededFlag' || !lacksFlag(context, registered, member, rule)) continue;
          const write = reachingWrites(table, member.name)[0];
          const evidence = evidenceOf(context, rule);
          yield {
            at: write && !write.inHelper ? write.range : table.at,
            message: `'${table.display}' is registered with '${call.name}' without '${rule.flag}'${evidence ? `, but the driver calls '${evidence.name}'` : ''}`,
            help: rule.because,
            related: evidence
              ? [{ range: evidence.nameRange, message: 'this call is for intermediate drivers' }]
              : [],
            page: rule.page,
            fixes: () => addFlag(context, registered, member, rule),
          };
        }
      }
    }
  },
});

/** The flag is provably absent here, and no table of this kind in the file has it or may have it. */
function lacksFlag(
  context: RuleContext,
  { table, structure }: RegisteredTable,
  member: MemberEntry,
  rule: NeededFlag,
): boolean {
  const { facts, catalog } = context;
  if (holds(rule.when, table, facts, catalog) !== true) return false;
  return facts.tables
    .filter((other) => other.structure === structure.name)
    .every((other) => {
      if (slotState(other, member.name) === 'unset') return other.isFullyKnown;
      const writes = reachingWrites(other, member.name);
      return writes.length > 0 && writes.every(({ value }) => hasFlag(value, rule.flag, catalog) === false);
    });
}

const evidenceOf = ({ facts }: RuleContext, rule: NeededFlag) => {
  const { when } = rule;
  return 'calls' in when ? facts.calls.find((call) => when.calls.includes(call.name)) : undefined;
};

function addFlag(
  context: RuleContext,
  { table }: RegisteredTable,
  member: MemberEntry,
  rule: NeededFlag,
): Fix[] {
  const title = `Add ${rule.flag}`;
  const write = reachingWrites(table, member.name)[0];
  if (write?.inHelper) return [];
  if (!write) {
    const edits = setMembers(context, table, [{ slot: member.name, value: rule.flag }]);
    return edits.length === 0 ? [] : [{ title, safety: 'suggestion', edits }];
  }
  const isZero = write.value.kind === 'null' || (write.value.kind === 'number' && write.value.number === 0);
  const newText = isZero ? rule.flag : `${write.text} | ${rule.flag}`;
  return [{ title, safety: 'suggestion', edits: [{ range: write.range, newText }] }];
}
