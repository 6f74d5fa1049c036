import type { Spot } from '../driver/lifecycle/memory.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { lineOf, observed, relatedAt } from './support/lifecycle.ts';
import { inOneBlock, moveBefore, plainStatementAt, usesWrittenBetween } from './support/moves.ts';

export default defineRule({
  id: 'deregistered-out-of-order',
  severity: 'warning',
  stage: 'stable',
  summary:
    'A registration is undone before another one that was made with its handle, or that works on top of it.',
  why: 'A control device belongs to the driver that it was registered for, and the protocol edge of an intermediate driver feeds its miniport edge. Undone the other way round, the second undo works on structures that the first one freed, or adapters are bound and initialized while half of the driver is gone.',
  silent:
    'The two undo calls are on different ways, a way is too tangled to be followed, or the driver does not join the two registrations.',
  pages: [
    'network/unloading-an-intermediate-driver',
    'ddi/ndis/nf-ndis-ndisderegisterdeviceex',
    'network/unloading-a-filter-driver',
  ],
  *check(context) {
    const { catalog } = context;
    for (const { one, range } of observed(context, 'undone-out-of-order', ({ at }) => at)) {
      const { call, at, first, firstCall } = one;
      const line = lineOf(context, first);
      const page = catalog.calls.get(call)?.page;
      yield {
        at: range,
        message: `'${call}' must come before '${firstCall}'${line === undefined ? '' : ` (line ${line})`}`,
        help: 'what it undoes needs what is gone already; undo in the reverse order of the registrations',
        related: [relatedAt(context, first, `'${firstCall}' is called first here`)],
        ...(page === undefined ? {} : { page }),
        fixes: () => moved(context, first, at, call),
      };
    }
  },
});

/** Moves the second undo in front of the first, where both are plain statements of one block. */
function moved(context: RuleContext, first: Spot, at: Spot, call: string): Fix[] {
  if (first.fn !== at.fn) return [];
  const earlier = plainStatementAt(context, first);
  const statement = plainStatementAt(context, at);
  if (!earlier || !statement) return [];
  const { start } = earlier.range;
  if (start >= statement.range.start || !inOneBlock(statement.text, start, statement.range.start)) return [];
  if (usesWrittenBetween(context, at, statement, { start, end: statement.range.start })) return [];
  return [{ title: `Move '${call}' up`, safety: 'suggestion', edits: moveBefore(statement, start) }];
}
