import { holds, reachingWrites } from '../driver/table-state.ts';
import type { SlotWrite, TableFact } from '../driver/facts.ts';
import { removeStatement } from '../text/layout.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { driverEvidence } from './support/calls.ts';
import { registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'handler-must-be-null',
  severity: 'warning',
  stage: 'stable',
  summary: 'A handler is set that this kind of driver must leave null.',
  why: 'Some handlers contradict what the driver says of itself: an intermediate driver has no hardware to hang, a driver without message interrupts has no message handlers. The system may refuse the table, or call a handler at a time the driver cannot serve.',
  silent: 'The flag or model that forbids the handler is not literally there, or the handler is null.',
  pages: [
    'ddi/ndis/ns-ndis-_ndis_miniport_driver_characteristics',
    'network/registering-an-intermediate-driver-as-a-miniport-driver',
  ],
  *check(context) {
    const { catalog } = context;
    const evidence = driverEvidence(context);
    for (const { table, call, structure } of registeredTables(context)) {
      for (const member of structure.members) {
        for (const rule of member.forbiddenWhen ?? []) {
          const write = reachingWrites(table, member.name)[0];
          if (!write || write.value.kind !== 'name' || write.slot !== member.name) continue;
          if (holds(rule.when, table, evidence, catalog) !== true) continue;
          yield {
            at: write.inHelper ? table.at : write.target,
            severity: rule.severity,
            message: `'${member.name}' must be null in '${table.display}': ${rule.because.replace(/\.$/, '')}`,
            page: rule.page,
            about: { call: call.name, members: [member.name] },
            fixes: () => (write.inHelper ? [] : clear(context, table, write)),
          };
          break;
        }
      }
    }
  },
});

function clear({ text, catalog }: RuleContext, table: TableFact, write: SlotWrite): Fix[] {
  const name = write.slot;
  const nothing = catalog.idioms.null[0] ?? '0';
  const set: Fix = {
    title: `Set '${name}' to ${nothing}`,
    safety: 'suggestion',
    edits: [{ range: write.range, newText: nothing }],
  };
  const statement = text.slice(write.statement.start, write.statement.end);
  // Only a statement of its own can go: not one half of a comma expression or chain; and not when another one is before it.
  const alone =
    write.form === 'assignment' &&
    statement.split('=').length === 2 &&
    !statement.includes(',') &&
    table.writes.every((other) => other === write || other.slot !== name);
  if (!alone) return [set];
  return [
    { title: `Remove '${name}'`, safety: 'suggestion', edits: [removeStatement(text, write.statement)] },
    set,
  ];
}
