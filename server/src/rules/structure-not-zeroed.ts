import { onlyValue, slotState } from '../driver/table-state.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { insertBefore } from './support/blocks.ts';
import { revisionOf } from './support/header.ts';
import { type RegisteredTable, quoteList, registeredTables } from './support/tables.ts';

/** Members named in the message before it only counts them. */
const NAMED = 3;

export default defineRule({
  id: 'structure-not-zeroed',
  severity: 'warning',
  stage: 'stable',
  summary: 'A table on the stack reaches its call with members that nobody initialised.',
  why: 'A local structure starts with whatever the stack held before. Every member that is not assigned is then read as a handler address, a size or a flag. It works until the stack looks different: on another build, another Windows, another machine.',
  silent:
    'The table is static, is zeroed by a call, an initialiser, an allocation or a copy, every member is assigned, or its address went to a function that cannot be seen.',
  pages: [
    'network/initializing-a-miniport-driver',
    'network/registering-an-intermediate-driver-as-a-miniport-driver',
    'ddi/hidport/ns-hidport-_hid_minidriver_registration',
  ],
  *check(context) {
    for (const registered of registeredTables(context)) {
      const { table, call, structure } = registered;
      const discarded = table.zeroed?.discards;
      if (
        discarded &&
        table.zeroed &&
        !isUsedBetween(context, registered, discarded.end, table.zeroed.range.start)
      ) {
        yield {
          at: table.zeroed.range,
          message: `zeroing '${table.display}' here discards the members set above`,
          help: `'${call.name}' sees them as null`,
          related: [{ range: discarded, message: 'this assignment is lost' }],
          page: structure.page,
          about: { call: call.name },
        };
      }
      if (table.zeroed || !table.isFullyKnown || table.storage !== 'automatic') continue;
      // A union of attributes has one arm in use; nothing demands that the others are set.
      if (!structure.mustZero && !structure.objectHeader) continue;
      const revision = writtenRevision(registered);
      const unset = structure.members.filter(
        (member) =>
          member.need !== 'output' &&
          (member.revision ?? 1) <= revision &&
          slotState(table, member.name) === 'unset',
      );
      if (unset.length === 0) continue;
      const names = unset.slice(0, NAMED).map((member) => member.name);
      const more = unset.length - names.length;
      yield {
        at: table.at,
        message: `'${table.display}' is passed to '${call.name}' without being zeroed; unset members hold stack garbage`,
        help: `${more > 0 ? `${names.map((name) => `'${name}'`).join(', ')} and ${more} more` : quoteList(names)} ${unset.length === 1 ? 'is' : 'are'} never assigned`,
        related: table.declaration
          ? [
              {
                range: table.declaration.nameRange,
                message: `'${table.display}' is declared here without initialiser`,
              },
            ]
          : [],
        page: structure.page,
        about: { call: call.name },
        fixes: () => zeroing(context, registered),
      };
    }
  },
});

/** Another call has taken the members up before: the table is zeroed for its next use. */
function isUsedBetween(
  { facts }: RuleContext,
  { table }: RegisteredTable,
  from: number,
  to: number,
): boolean {
  return facts.registrations.some(
    ({ call, tables }) =>
      call.inFunction === table.inFunction &&
      call.range.start >= from &&
      call.range.end <= to &&
      [...tables.values()].some(({ display }) => display === table.display),
  );
}

/** The revision the header names; members of newer ones may not exist in this build. */
function writtenRevision({ table, structure }: RegisteredTable): number {
  const header = structure.objectHeader;
  const write = header && onlyValue(table, `${header.member}.Revision`);
  return (write && revisionOf(structure, write.value)?.revision) ?? 1;
}

function zeroing({ text, facts }: RuleContext, { table, call, structure }: RegisteredTable): Fix[] {
  const fixes: Fix[] = [];
  const name = table.accessor.replace(/(?:\.|->)$/, '');
  const pointer = table.accessor.endsWith('->');
  const first = table.writes.find((write) => !write.inHelper && write.form === 'assignment');
  const statement = first && first.statement.start < call.statement.start ? first.statement : call.statement;
  const inFunction = facts.functions.get(table.inFunction)?.some((item) => item.body !== undefined);
  if (inFunction) {
    const target = pointer ? `${name}, sizeof(*${name})` : `&${name}, sizeof(${name})`;
    fixes.push({
      title: `Zero '${name}' with ${structure.zeroWith}`,
      safety: 'safe',
      edits: insertBefore(text, statement, [`${structure.zeroWith}(${target});`]),
    });
  }
  const declared = table.declaration;
  if (
    !pointer &&
    declared &&
    !declared.initialiser &&
    text.slice(declared.nameRange.end).trimStart().startsWith(';')
  ) {
    fixes.push({
      title: `Initialize '${text.slice(declared.nameRange.start, declared.nameRange.end)}' with = {0}`,
      safety: 'safe',
      edits: [{ range: { start: declared.nameRange.end, end: declared.nameRange.end }, newText: ' = {0}' }],
    });
  }
  return fixes;
}
