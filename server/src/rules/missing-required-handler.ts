import type { MemberEntry } from '../catalog/entry.ts';
import { anyHolds, reachingWrites, slotState } from '../driver/table-state.ts';
import { defineRule, type FileEdit, type Fix, type RuleContext } from './rule.ts';
import { driverEvidence } from './support/calls.ts';
import { type Assignment, handlerPrefix, setMembers } from './support/edits.ts';
import { handlerFor, handlersOfTable } from './support/handler-edits.ts';
import { isExcused, quoteList, type RegisteredTable, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'missing-required-handler',
  severity: 'error',
  stage: 'stable',
  summary: 'A registration table reaches its call without a handler that the system requires.',
  why: 'The system checks the table before it registers the driver. A required entry that is null makes the registration fail with a bare status such as `NDIS_STATUS_BAD_CHARACTERISTICS`, or makes the system jump to address zero on the first call. A few handlers on which the documents disagree are reported as warnings.',
  silent:
    'The table is filled by code outside this file, its address went to a function that cannot be seen, a member is set in any live `#if` branch, or the driver belongs to a model (WDI, CoNDIS) that excuses the handler.',
  pages: [
    'ddi/ndis/ns-ndis-_ndis_miniport_driver_characteristics',
    'network/initializing-a-filter-driver',
    'ddi/ndis/ns-ndis-_ndis_protocol_driver_characteristics',
  ],
  *check(context) {
    for (const registered of registeredTables(context)) {
      const missing = missingHandlers(context, registered);
      for (const severity of ['error', 'warning'] as const) {
        const members = missing.filter((member) => (member.need === 'soft') === (severity === 'warning'));
        if (members.length === 0) continue;
        const { table, call, structure } = registered;
        const names = members.map((member) => member.name);
        const many = names.length > 1;
        const explanations = members.flatMap((member) => member.ifMissing ?? []);
        yield {
          at: table.at,
          severity,
          message: `required handler${many ? 's' : ''} ${quoteList(names)} ${many ? 'are' : 'is'} not set in '${table.display}' before '${call.name}'`,
          help:
            (many ? undefined : explanations[0]) ??
            `the system refuses the table or calls a null pointer; every ${structure.noun} needs ${many ? 'these handlers' : 'this handler'}`,
          related: table.declaration
            ? [{ range: table.declaration.nameRange, message: `'${table.display}' is declared here` }]
            : [],
          page: structure.page,
          about: { call: call.name, members: names },
          fixes: () => [
            ...addHandlers(context, registered, members),
            ...(many ? members.flatMap((member) => addHandlers(context, registered, [member])) : []),
          ],
        };
      }
    }
  },
});

/** Required members of function type that no live branch sets. */
export function missingHandlers(context: RuleContext, registered: RegisteredTable): MemberEntry[] {
  const { catalog } = context;
  const { table, structure } = registered;
  const evidence = driverEvidence(context);
  return structure.members.filter((member) => {
    if (member.role === undefined) return false;
    const required =
      member.need === 'required' ||
      member.need === 'soft' ||
      (member.need === 'conditional' && anyHolds(member.requiredWhen, table, evidence, catalog) === true);
    if (!required) return false;
    const state = slotState(table, member.name);
    return (
      (state === 'unset' || state === 'null') && !isExcused({ facts: evidence, catalog }, registered, member)
    );
  });
}

/** Assigns a handler to each member; declares and stubs those the driver does not have yet. */
export function addHandlers(
  context: RuleContext,
  { table }: Pick<RegisteredTable, 'table'>,
  members: readonly MemberEntry[],
): Fix[] {
  const prefix = handlerPrefix(context, table);
  const siblings = handlersOfTable(context, table);
  const edits: FileEdit[] = [];
  const assignments = members.flatMap((member) => {
    const role = member.role === undefined ? undefined : context.catalog.roles.get(member.role);
    if (!role) return [];
    const elsewhere = table.writes.find(({ slot, value }) => slot === member.name && value.kind === 'name');
    // Another arm has one already.
    if (elsewhere) return [{ slot: member.name, value: elsewhere.text }];
    const handler = handlerFor(context, { role, prefix, siblings });
    edits.push(...handler.edits);
    return [{ slot: member.name, value: handler.name }];
  });
  const absent: Assignment[] = [];
  for (const assignment of assignments) {
    // What stores null here gets the handler; what another arm stores stays.
    const nulled = reachingWrites(table, assignment.slot).find(
      ({ slot, inHelper }) => slot === assignment.slot && !inHelper,
    );
    if (nulled) edits.push({ range: nulled.range, newText: assignment.value });
    else absent.push(assignment);
  }
  const inserted = absent.length === 0 ? [] : setMembers(context, table, absent);
  if (absent.length > 0 && inserted.length === 0) return [];
  const [first] = assignments;
  if (!first) return [];
  return [
    {
      title:
        assignments.length === 1
          ? `Add '${first.value}' as '${first.slot}'`
          : `Add the ${assignments.length} missing handlers`,
      safety: 'suggestion',
      edits: [...inserted, ...edits],
    },
  ];
}
