import type { ObjectSlotNeed, Severity } from '../catalog/entry.ts';
import type { CallFact } from '../driver/facts.ts';
import { defineRule, type FileEdit, type Fix, type RuleContext } from './rule.ts';
import { insertBefore } from './support/blocks.ts';
import { handlerPrefix } from './support/edits.ts';
import { handlerFor } from './support/handler-edits.ts';
import { entryArguments } from './support/entry.ts';
import { isSlotSet, ownerOfObject, slotStem } from './support/object-slots.ts';
import { quoteList } from './support/tables.ts';

export default defineRule({
  id: 'missing-dispatch-entry',
  severity: 'warning',
  stage: 'stable',
  summary: 'The driver object lacks an entry that the class driver takes over.',
  why: "A class driver such as hidclass copies the driver's entry points out of the driver object when the driver registers, and calls them later. An entry that is not set by then is the system's default, which fails the request: the device does not start, does not sleep, or is never removed.",
  silent: 'A loop or fill covers the table, or the driver object went to a function that cannot be seen.',
  pages: ['hid/minidriver-operations'],
  *check(context) {
    const { facts, catalog } = context;
    for (const { call } of facts.registrations) {
      const entry = catalog.calls.get(call.name);
      const needs = entry?.registration?.objectSlots ?? [];
      if (!entry || !entry.registration?.takesOverDriverObject) continue;
      if (!ownerOfObject(context, call)) continue;
      const missing = needs.filter((need) => !isSlotSet(context, need.slot));
      for (const severity of ['error', 'warning', 'information', 'hint'] satisfies Severity[]) {
        const group = missing.filter((need) => need.severity === severity);
        if (group.length === 0) continue;
        yield {
          at: call.nameRange,
          severity,
          message: `${quoteList(group.map((need) => need.slot))} ${group.length > 1 ? 'are' : 'is'} not set in the driver object before '${call.name}'`,
          help: group[0]?.because ?? '',
          page: entry.page,
          fixes: () => addSlots(context, call, group),
        };
      }
    }
  },
});

function addSlots(context: RuleContext, call: CallFact, needs: readonly ObjectSlotNeed[]): Fix[] {
  const own = entryArguments(context, call.inFunction);
  if (!own) return [];
  const siblings = context.facts.objectWrites.flatMap(({ value }) =>
    value.kind === 'name' ? [value.name] : [],
  );
  const edits: FileEdit[] = [];
  const lines = needs.flatMap((need) => {
    const role = context.catalog.roles.get(need.role);
    if (!role) return [];
    const stem = slotStem(need.slot);
    const handler = handlerFor(context, {
      role,
      prefix: handlerPrefix(context, undefined),
      ...(stem === undefined ? {} : { stem }),
      siblings,
    });
    edits.push(...handler.edits);
    return [`${own.driverObject.name}->${need.slot} = ${handler.name};`];
  });
  if (lines.length === 0) return [];
  return [
    {
      title: needs.length === 1 ? `Set '${needs[0]?.slot}'` : `Set the ${needs.length} missing entries`,
      safety: 'suggestion',
      edits: [...insertBefore(context.text, call.statement, lines), ...edits],
    },
  ];
}
