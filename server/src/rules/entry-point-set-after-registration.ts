import type { FileFacts, ObjectWrite } from '../driver/facts.ts';
import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import { pathOf, type Expr } from '../flow/graph.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { entryOf, observed, relatedAt, textAt } from './support/lifecycle.ts';
import {
  inOneBlock,
  moveBefore,
  opAt,
  plainStatementAt,
  statementAt,
  usesWrittenBetween,
} from './support/moves.ts';
import { textBefore, withIndex } from '../text/ends.ts';

export default defineRule({
  id: 'entry-point-set-after-registration',
  severity: 'warning',
  stage: 'stable',
  summary: 'An entry point of the driver object is set although somebody else owns it by then.',
  why: 'A class driver that takes the driver object over saves the entry points of the minidriver and stores its own. An entry point that is stored afterwards replaces that of the class driver: requests no longer reach it, and its cleanup never runs. In the same way NDIS owns the unload routine of a miniport driver, which has an unload handler of its own for that.',
  silent:
    'Protocol and filter drivers own their driver object. When the code has saved the old entry point, which is how a deliberate hook looks, it is a hint.',
  pages: ['hid/minidriver-operations', 'network/unloading-a-miniport-driver'],
  *check(context) {
    yield* takenOver(context);
    yield* ownedUnload(context);
  },
});

/** Slots that are written behind a call that takes the driver object over. */
function* takenOver(context: RuleContext): Generator<Report> {
  for (const { one } of observed(context, 'late-slot', ({ at }) => at)) {
    const { held, at, slot } = one;
    const op = opAt(context, at);
    if (!isSlot(context, slot) || op?.kind !== 'assign') continue;
    const spot = { fn: at.fn, range: op.target };
    const entry = entryOf(context, held);
    const isHook = isSaved(context, at, slot);
    yield {
      at: context.driver.placeOf(spot).range,
      ...(isHook ? { severity: 'hint' as const } : {}),
      message: `'${textAt(context, spot)}' is set after '${held.call}' and replaces the routine of the class driver`,
      help: isHook
        ? 'hooking the class driver this way is not supported; it may change what it does with the driver object'
        : `set it before '${held.call}', which saves it and calls it when it is its turn`,
      related: [relatedAt(context, held.at, `'${held.call}' takes the driver object over here`)],
      ...(entry ? { page: entry.page } : {}),
      fixes: () => (isHook ? [] : setFirst(context, held, at)),
    };
  }
}

/** `MajorFunction[4]` and `DriverExtension.AddDevice` as the catalogue spells slots. */
function isSlot({ catalog }: RuleContext, path: string): boolean {
  const name = withIndex(path, '').replaceAll('->', '.');
  return [...catalog.objects.values()].some(({ slots }) =>
    slots.some((slot) => slot.name.replaceAll('->', '.') === name),
  );
}

/** Some function reads the slot: it wants to call the old routine. */
function isSaved({ driver }: RuleContext, at: Spot, slot: string): boolean {
  const wanted = `.${textBefore(slot, '[')}`;
  const reads = (expr: Expr): boolean =>
    (expr.kind === 'place' || expr.kind === 'address') && pathOf(expr.key).startsWith(wanted);
  return (driver.functionOf(at)?.flow.graph.blocks ?? []).some(({ ops }) =>
    ops.some((op) => {
      if (op.kind === 'assign') return reads(op.value) && !pathOf(op.to).startsWith(wanted);
      return op.kind === 'call' && op.arguments.some(({ value }) => reads(value));
    }),
  );
}

function setFirst(context: RuleContext, held: Held, at: Spot): Fix[] {
  if (held.at.fn !== at.fn) return [];
  const statement = plainStatementAt(context, at);
  const registration = statementAt(context, held.at);
  if (!statement || !registration) return [];
  const between = { start: registration.range.start, end: statement.range.start };
  if (!inOneBlock(statement.text, between.start, between.end)) return [];
  if (usesWrittenBetween(context, at, statement, between)) return [];
  return [
    {
      title: `Set it before '${held.call}'`,
      safety: 'suggestion',
      edits: moveBefore(statement, between.start),
    },
  ];
}

// ------------------------------------------------------------------------------------------------- miniports

/** The unload routine of the driver object in a driver whose registered table has an unload handler of its own. */
function* ownedUnload(context: RuleContext): Generator<Report> {
  const { catalog, driver, facts } = context;
  const writes = facts.objectWrites.filter(
    ({ slot, value }) => catalog.idioms.unloadSlots.includes(slot) && value.kind !== 'null',
  );
  if (writes.length === 0 || !driver.isWhole) return;
  const registrations = [...driver.files.values()].flatMap((file) =>
    file.registrations.map(({ call }) => ({ file, call, entry: catalog.calls.get(call.name) })),
  );
  // A protocol or filter half, or a class driver, needs the slot.
  if (
    registrations.some(
      ({ entry }) =>
        entry?.registration?.objectSlots?.some(({ slot }) => catalog.idioms.unloadSlots.includes(slot)) ||
        entry?.registration?.undo?.from?.some(
          (slot) => writes.some((write) => write.slot === slot) && !ownSlotOf(context, entry.name),
        ),
    )
  )
    return;
  for (const { file, call, entry } of registrations) {
    const slot = entry && ownSlotOf(context, entry.name);
    if (!entry || slot === undefined) continue;
    for (const write of writes) {
      if (!mayRunTogether(facts, write, file, call.branch)) continue;
      yield {
        at: write.target,
        severity: 'information',
        message: `'${write.slot}' is not for a ${entry.registration?.noun ?? 'driver of this kind'} to set; its unload handler is '${slot}'`,
        help: `'${call.name}' stores its own unload routine there, which calls '${slot}'`,
        related: [
          {
            ...(file.uri === facts.uri ? {} : { uri: file.uri }),
            range: call.nameRange,
            message: 'the driver is registered here',
          },
        ],
        page: entry.page,
      };
    }
    return;
  }
}

/** The member of the table a call takes that holds the driver's unload handler. */
function ownSlotOf({ catalog }: RuleContext, call: string): string | undefined {
  const entry = catalog.calls.get(call);
  if (entry?.registration?.lifetime !== 'driver') return undefined;
  for (const { structures } of entry.parameters) {
    for (const name of structures ?? []) {
      const member = catalog.structures
        .get(name)
        ?.members.find((one) => one.role !== undefined && catalog.idioms.unloadSlots.includes(one.name));
      if (member) return member.name;
    }
  }
  return undefined;
}

/** Not in branches of the build that the registration is not in. */
function mayRunTogether(
  facts: FileFacts,
  write: ObjectWrite,
  file: FileFacts,
  branch: ObjectWrite['branch'],
): boolean {
  const builds = write.branch.filter(({ of }) => of.startsWith('#'));
  if (file !== facts) return builds.length === 0;
  return builds.every(({ of, arm }) => branch.some((other) => other.of === of && other.arm === arm));
}
