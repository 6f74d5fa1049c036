import { ANYTHING, type Visit } from '../driver/lifecycle/order.ts';
import { sameBranch } from '../driver/table-state.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { callFactOf } from './support/calls.ts';
import { relatedAt } from './support/lifecycle.ts';
import { missingFlags } from './support/needed-flags.ts';
import { type OrderedPassing, orderedPassings } from './support/passed-structures.ts';
import { endOfChecked, wholeLines } from './support/statements.ts';

export default defineRule({
  id: 'attributes-not-set-first',
  severity: 'warning',
  stage: 'stable',
  summary: 'Hardware is claimed, or further attributes are set, before the attributes that must come first.',
  why: '`MiniportInitializeEx` tells NDIS about its adapter in a fixed order: the registration attributes, the general attributes, all others. Calls that claim interrupts, DMA, shared memory, ports or mapped memory rely on the registration attributes; without them they fail or go by wrong defaults. DMA also needs an adapter that is declared a bus master.',
  silent:
    'The attributes may have been set on some way to the call, code that cannot be seen was called before it, it cannot be told which attributes a call sets, or the driver is a WDI or NetAdapterCx driver or sets attributes from `MiniportAddDevice`.',
  pages: ['ddi/ndis/nf-ndis-ndismsetminiportattributes', 'ddi/ndis/nc-ndis-miniport_initialize'],
  *check(context) {
    const seen = new Set<string>();
    for (const passing of orderedPassings(context)) {
      const { structure, order, root, visits, within } = passing;
      for (const visit of visits) {
        const { fn, op, label, before } = visit;
        const isCall = order.beforeCalls?.includes(label) === true;
        if (!isCall && !order.beforeStructures?.includes(label)) continue;
        if (before.has(structure.name) || before.has(ANYTHING) || within.has(ANYTHING)) continue;
        if (fn.file.uri !== context.facts.uri) continue;
        const isNever = !within.has(structure.name);
        if (isNever && isCall) continue; // who registers hardware may have set them elsewhere
        // What is never set is told once.
        const key = isNever ? `${structure.name} ${root.id}` : `${structure.name} ${op.range.start} ${fn.id}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const { range } = context.driver.placeOf({ fn: fn.id, range: op.nameRange });
        const noun = context.catalog.structures.get(label)?.noun;
        const what = isCall
          ? `'${label}' is called`
          : noun === undefined
            ? `'${label}' is passed to '${op.callee}'`
            : `the ${noun} are set`;
        const later = visits.find((other) => other.label === structure.name);
        yield {
          at: range,
          message: isNever
            ? `${what}, but '${root.flow.fact.name}' never sets the ${structure.noun}`
            : `${what} before the ${structure.noun} are set in '${root.flow.fact.name}'`,
          help: order.because,
          related: later
            ? [
                relatedAt(
                  context,
                  { fn: later.fn.id, range: later.op.nameRange },
                  `the ${structure.noun} are set here`,
                ),
              ]
            : [],
          page: structure.page,
          about: { call: op.callee ?? label },
          fixes: () => (later ? moveBehind(context, passing, visit, later) : []),
        };
      }
    }
    yield* missingFlags(context, 'service');
  },
});

/** Moves the call with the test of its status behind the call that must come first. */
function moveBehind(context: RuleContext, { structure }: OrderedPassing, early: Visit, first: Visit): Fix[] {
  const { text } = context;
  if (early.fn !== first.fn) return [];
  const from = callFactOf(early.fn, early.op);
  const to = callFactOf(first.fn, first.op);
  if (!from || !to || from.range.start > to.range.start || !sameBranch(from.branch, to.branch)) return [];
  const end = endOfChecked(text, from.statement);
  const behind = endOfChecked(text, to.statement);
  const moved = end === undefined ? undefined : wholeLines(text, { start: from.statement.start, end });
  const target =
    behind === undefined ? undefined : wholeLines(text, { start: to.statement.start, end: behind });
  if (!moved || !target || moved.end > target.start) return [];
  const lines = text.slice(moved.start, moved.end);
  return [
    {
      title: `Move '${from.name}' behind the ${structure.noun}`,
      safety: 'suggestion',
      edits: [
        { range: moved, newText: '' },
        { range: { start: target.end, end: target.end }, newText: lines },
      ],
    },
  ];
}
