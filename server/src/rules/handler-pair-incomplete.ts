import type { Condition, MemberEntry, PairEntry } from '../catalog/entry.ts';
import { holds, reachingWrites, slotState } from '../driver/table-state.ts';
import { addHandlers } from './missing-required-handler.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { driverEvidence } from './support/calls.ts';
import { quoteList, type RegisteredTable, registeredTables } from './support/tables.ts';

export default defineRule({
  id: 'handler-pair-incomplete',
  severity: 'warning',
  stage: 'stable',
  summary: 'A handler is registered without the handler that finishes or cancels its work.',
  why: 'Some handlers only work together: a request handler with its completion, a check for hang with the reset that follows it, message interrupts with all four of their handlers. With half a pair the system refuses the table, or a request is never finished and a later pause or unload hangs.',
  silent:
    'Either side may be set by code that cannot be seen, or in a live `#if` branch. A reset handler without a check for hang is fine.',
  pages: ['ddi/ndis/nc-ndis-filter_oid_request_complete', 'network/data-bypass-mode'],
  *check(context) {
    for (const registered of registeredTables(context)) {
      const { table, call } = registered;
      for (const { pair, missing, members } of incompletePairs(context, registered)) {
        const cause = causeOf(pair.if, registered);
        yield {
          at: cause?.range ?? table.at,
          message: `${describe(pair.if)} needs ${quoteList(members.map((member) => member.name))} in '${table.display}'`,
          help: pair.because,
          page: pair.page,
          about: { call: call.name, members: missing },
          fixes: () => [
            ...addHandlers(context, registered, members),
            ...dropFirst(context, registered, pair.if),
          ],
        };
      }
    }
  },
});

/** Pairs of which the first half is set, with what the second lacks; without what is required anyway. */
export function incompletePairs(
  context: RuleContext,
  registered: RegisteredTable,
): { readonly pair: PairEntry; readonly missing: string[]; readonly members: MemberEntry[] }[] {
  const { table, structure } = registered;
  const evidence = driverEvidence(context);
  return (structure.pairs ?? []).flatMap((pair) => {
    if (holds(pair.if, table, evidence, context.catalog) !== true) return [];
    const missing = pair.then.filter(
      (name) => ['unset', 'null'].includes(slotState(table, name)) && !isSetLater(context, registered, name),
    );
    const members = structure.members.filter(
      (member) => missing.includes(member.name) && member.need !== 'required' && member.need !== 'soft',
    );
    return members.length === 0 ? [] : [{ pair, missing, members }];
  });
}

/** A structure with the same handlers, for a part of what the driver does, has it. */
function isSetLater({ driver, catalog }: RuleContext, { structure }: RegisteredTable, name: string): boolean {
  const role = structure.members.find((member) => member.name === name)?.role;
  return [...driver.files.values()].some(({ tables }) =>
    tables.some(
      (other) =>
        other.structure !== structure.name &&
        catalog.structures
          .get(other.structure)
          ?.members.some((member) => member.name === name && member.role === role) &&
        slotState(other, name) !== 'unset',
    ),
  );
}

const describe = (condition: Condition): string => {
  if ('set' in condition) return `'${condition.set}'`;
  if ('has' in condition) return `'${condition.has}' in '${condition.member}'`;
  if ('is' in condition) return `'${condition.member}' = ${condition.is}`;
  if ('calls' in condition) return `a driver that calls ${quoteList(condition.calls)}`;
  return `a ${condition.model} driver`;
};

/** The write that makes the condition true, to blame it rather than the whole table. */
function causeOf(condition: Condition, { table }: RegisteredTable) {
  const slot = 'set' in condition ? condition.set : 'member' in condition ? condition.member : undefined;
  const write = slot === undefined ? undefined : reachingWrites(table, slot)[0];
  return write && !write.inHelper ? { range: write.target } : undefined;
}

/** The other way to make both sides agree: leave the first one out, too. */
function dropFirst(
  { catalog }: RuleContext,
  { table, structure }: RegisteredTable,
  condition: Condition,
): Fix[] {
  if (!('set' in condition)) return [];
  const member = structure.members.find((item) => item.name === condition.set);
  const write = reachingWrites(table, condition.set)[0];
  const nothing = catalog.idioms.null[0];
  if (!write || write.inHelper || !nothing || member?.need === 'required' || member?.need === 'soft')
    return [];
  return [
    {
      title: `Set '${condition.set}' to ${nothing}`,
      safety: 'suggestion',
      edits: [{ range: write.range, newText: nothing }],
    },
  ];
}
