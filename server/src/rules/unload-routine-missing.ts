import type { CallEntry, ObjectSlotNeed } from '../catalog/entry.ts';
import type { CallFact } from '../driver/facts.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { insertBefore } from './support/blocks.ts';
import { driverEvidence } from './support/calls.ts';
import { handlerPrefix } from './support/edits.ts';
import { handlerFor } from './support/handler-edits.ts';
import { entryArguments } from './support/entry.ts';
import { isSlotSet, ownerOfObject } from './support/object-slots.ts';

export default defineRule({
  id: 'unload-routine-missing',
  severity: 'warning',
  stage: 'stable',
  summary: 'The driver registers something that its unload routine must undo, but has no unload routine.',
  why: 'Without an unload routine the driver stays loaded until the machine restarts, and Driver Verifier fails it. The registration is never undone.',
  silent:
    'No entry point leads to the registration, the driver object went to a function that cannot be seen, the framework supplies the routine (KMDF), or a miniport table has an unload handler of its own.',
  pages: ['kernel/writing-an-unload-routine', 'network/unloading-a-filter-driver'],
  *check(context) {
    const { facts, catalog } = context;
    if (bringsUnloadRoutine(context)) return;
    for (const { call } of facts.registrations) {
      const entry = catalog.calls.get(call.name);
      if (!entry || !ownerOfObject(context, call)) continue;
      if (entry.registration?.takesOverDriverObject) continue; // reported with the other slots
      for (const need of slotNeeds(entry)) {
        if (isSlotSet(context, need.slot)) continue;
        const object = [...catalog.objects.values()][0]?.name ?? 'driver object';
        yield {
          at: call.nameRange,
          severity: need.severity,
          message: `driver registers a ${entry.registration?.noun ?? 'driver'} but never sets '${need.slot}' of its ${object}; it cannot be unloaded`,
          help: need.because,
          page: entry.page,
          fixes: () => addUnload(context, call, entry, need),
        };
        return;
      }
    }
  },
});

/** The framework, or a registration with an unload handler of its own, sets the slots of the driver object. */
export function bringsUnloadRoutine(context: Pick<RuleContext, 'catalog' | 'driver'>): boolean {
  const { catalog } = context;
  const { models, calls } = driverEvidence(context);
  if (models.has('kmdf')) return true;
  return calls.some(({ name }) => {
    const { registration, parameters = [] } = catalog.calls.get(name) ?? {};
    return parameters
      .flatMap(({ structures = [] }) => structures)
      .some((structure) =>
        catalog.structures
          .get(structure)
          ?.members.some((member) => registration?.undo?.from?.includes(member.name)),
      );
  });
}

/** Slots of the driver object whose function must undo the registration. */
const slotNeeds = ({ registration }: CallEntry): readonly ObjectSlotNeed[] =>
  (registration?.objectSlots ?? []).filter((need) => registration?.undo?.from?.includes(need.slot));

function addUnload(context: RuleContext, call: CallFact, entry: CallEntry, need: ObjectSlotNeed): Fix[] {
  const own = entryArguments(context, call.inFunction);
  const role = context.catalog.roles.get(need.role);
  if (!own || !role) return [];
  const undo = entry.registration?.undo?.call;
  const index = entry.parameters.findIndex((parameter) => parameter.role === 'handleOut');
  const handle = call.arguments[index]?.text.replace(/^&\s*/, '').trim();
  const stub = undo && handle && /^[\w.]+$/.test(handle) ? [`${undo}(${handle});`] : role.stub;
  const handler = handlerFor(context, {
    role: { ...role, stub },
    prefix: handlerPrefix(context, undefined),
    // It names a handle of this file.
    siblings: [],
  });
  return [
    {
      title: `Add '${handler.name}' as '${need.slot}'`,
      safety: 'suggestion',
      edits: [
        ...insertBefore(context.text, call.statement, [
          `${own.driverObject.name}->${need.slot} = ${handler.name};`,
        ]),
        ...handler.edits,
      ],
    },
  ];
}
