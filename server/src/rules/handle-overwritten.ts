import { spelled } from '../driver/lifecycle/functions.ts';
import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import type { Key } from '../flow/graph.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { entryOf, lineOf, observed, relatedAt } from './support/lifecycle.ts';

export default defineRule({
  id: 'handle-overwritten',
  severity: 'warning',
  stage: 'stable',
  summary:
    'A second registration overwrites the handle of one that still stands, or repeats one that has no handle.',
  why: 'Each registration needs its own handle to be undone with. Once the variable holds the second handle, nothing can undo the first registration any more: it stays behind when the driver unloads, with pointers into code that is gone. A registration without a handle, such as that of a HID minidriver, belongs to the driver object and can be made once.',
  silent:
    'The first registration is undone before, failed on that way, its handle is copied or passed on, or the two calls are alternatives.',
  pages: [
    'ddi/ndis/nf-ndis-ndisregisterprotocoldriver',
    'ddi/ndis/nf-ndis-ndismregisterminiportdriver',
    'ddi/hidport/nf-hidport-hidregisterminidriver',
  ],
  *check(context) {
    for (const { one, range } of observed(context, 'registered-again', ({ at }) => at)) {
      const { first, at, call } = one;
      const undo = entryOf(context, first)?.registration?.undo?.call;
      const line = lineOf(context, first.at);
      if (undo === undefined) {
        yield {
          at: range,
          message: `'${call}' is called again although the registration${line === undefined ? '' : ` of line ${line}`} still stands`,
          help: 'it has taken over the driver object already, and nothing can undo that',
          related: [relatedAt(context, first.at, 'it is registered here first')],
          ...(entryOf(context, first) ? { page: entryOf(context, first)?.page ?? '' } : {}),
        };
        continue;
      }
      if (first.handle === undefined || isPassedOn(context, first, first.handle, at)) continue;
      yield {
        at: range,
        message: `'${call}' overwrites the handle in '${spelled(first.handle)}', and '${first.call}'${line === undefined ? '' : ` (line ${line})`} is still registered`,
        help: `nothing can call '${undo}' for the first registration any more; give each its own variable`,
        related: [relatedAt(context, first.at, 'the handle is written here first')],
        ...(entryOf(context, first) ? { page: entryOf(context, first)?.page ?? '' } : {}),
      };
    }
  },
});

/** Code between the two calls gets the handle and may keep it, or takes it out of the variable. */
function isPassedOn({ driver, catalog }: RuleContext, first: Held, handle: Key, at: Spot): boolean {
  const isHere = at.fn === first.at.fn;
  // Behind a helper it is the callers that may do so: any function of the driver.
  const functions = isHere ? [driver.functionOf(first.at)] : driver.lifecycle.table.functions.values();
  for (const fn of functions) {
    for (const { ops } of fn?.flow.graph.blocks ?? []) {
      for (const op of ops) {
        if (op.kind !== 'call' && op.kind !== 'assign') continue;
        const isBetween = op.range.start > first.at.range.start && op.range.start < at.range.start;
        if (isHere && !isBetween) continue;
        if (op.kind === 'assign') {
          if (op.value.kind === 'place' && op.value.key === handle) return true;
          if (op.to === handle && isHere) return true;
        } else if (op.callee === undefined || !catalog.calls.has(op.callee)) {
          if (op.arguments.some(({ value }) => value.kind === 'place' && value.key === handle)) return true;
        }
      }
    }
  }
  return false;
}
