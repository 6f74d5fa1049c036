import { valueRules } from '../../catalog/catalog.ts';
import type { CallPurpose, MemberEntry, ValueRule } from '../../catalog/entry.ts';
import { hasFlag, holds, reachingWrites, slotState } from '../../driver/table-state.ts';
import type { Fix, RelatedPlace, Report, RuleContext } from '../rule.ts';
import { type PlacedCall, callsNamed, driverEvidence } from './calls.ts';
import { setMembers } from './edits.ts';
import { type RegisteredTable, registeredTables } from './tables.ts';

type NeededFlag = Extract<ValueRule, { kind: 'neededFlag' }>;

/** Tables that lack a flag which something else in the driver needs, for calls of one purpose. */
export function* missingFlags(context: RuleContext, purpose: CallPurpose): Generator<Report> {
  for (const registered of registeredTables(context)) {
    const { table, call, structure } = registered;
    if (context.catalog.calls.get(call.name)?.purpose !== purpose) continue;
    for (const member of structure.members) {
      for (const rule of valueRules(member)) {
        if (rule.kind !== 'neededFlag' || !lacksFlag(context, registered, member, rule)) continue;
        const write = reachingWrites(table, member.name)[0];
        const evidence = evidenceOf(context, rule);
        yield {
          at: write && !write.inHelper ? write.range : table.at,
          message: `'${table.display}' is ${purpose === 'register' ? 'registered with' : 'passed to'} '${call.name}' without '${rule.flag}'${evidence ? `, but the driver calls '${evidence.call.name}'` : ''}`,
          help: rule.because,
          related: evidence ? [related(context, evidence)] : [],
          page: rule.page,
          about: { call: evidence?.call.name ?? call.name },
          fixes: () => addFlag(context, registered, member, rule),
        };
      }
    }
  }
}

const related = ({ facts }: RuleContext, { file, call }: PlacedCall): RelatedPlace => ({
  ...(file === facts ? {} : { uri: file.uri }),
  range: call.nameRange,
  message: 'this call needs it',
});

/** The flag is provably absent here, and no table of this kind in the driver has it or may have it. */
function lacksFlag(
  context: RuleContext,
  { table, structure }: RegisteredTable,
  member: MemberEntry,
  rule: NeededFlag,
): boolean {
  const { driver, catalog } = context;
  if (holds(rule.when, table, driverEvidence(context), catalog) !== true) return false;
  return [...driver.files.values()]
    .flatMap(({ tables }) => tables)
    .filter((other) => other.structure === structure.name)
    .every((other) => {
      if (slotState(other, member.name) === 'unset') return other.isFullyKnown;
      const writes = reachingWrites(other, member.name);
      return writes.length > 0 && writes.every(({ value }) => hasFlag(value, rule.flag, catalog) === false);
    });
}

/** The call that needs the flag; one of this file if there is one. */
function evidenceOf(context: RuleContext, { when }: NeededFlag): PlacedCall | undefined {
  if (!('calls' in when)) return undefined;
  const calls = when.calls.flatMap((name) => callsNamed(context, name));
  return calls.find(({ file }) => file === context.facts) ?? calls[0];
}

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
