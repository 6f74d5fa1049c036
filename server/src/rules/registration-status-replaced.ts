import type { Held } from '../driver/lifecycle/memory.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { entryOf, isStatusDropped, observed, relatedAt } from './support/lifecycle.ts';
import { returnFailure } from './support/failing-status.ts';
import { isStatusType } from './support/statuses.ts';

export default defineRule({
  id: 'registration-status-replaced',
  severity: 'hint',
  stage: 'stable',
  summary: 'The status of a refused registration is replaced by a constant.',
  why: 'The status says why Windows refused: a wrong version, a bad table, no memory. It appears in the event log and in the debugger as the result of the driver. A constant in its place throws the reason away.',
  silent:
    'A function maps the status, the constant is one that the call itself returns, or something else failed on the way, too.',
  pages: ['network/initializing-a-miniport-driver', 'kernel/driverentry-return-values'],
  *check(context) {
    for (const { one, range } of observed(context, 'status-replaced', ({ at }) => at)) {
      const { held, at, constant } = one;
      const entry = entryOf(context, held);
      const isLost = held.at.fn !== at.fn && !returnsStatus(context, held);
      if (isLost || isStatusDropped(context, held)) continue;
      yield {
        at: range,
        message: `failure of '${held.call}' is replaced by '${constant}'; return the original status`,
        help: 'the status of the call says why it was refused',
        related: [relatedAt(context, held.at, `'${held.call}' fails here`)],
        ...(entry ? { page: entry.page } : {}),
        fixes: () => {
          const edit = returnFailure(context, held, at);
          return edit
            ? [{ title: `Keep the status in '${edit.variable}'`, safety: 'suggestion', edits: edit.edits }]
            : [];
        },
      };
    }
  },
});

/** The helper that registers hands the status on. */
const returnsStatus = (context: RuleContext, held: Held): boolean =>
  isStatusType(context, context.driver.functionOf(held.at)?.flow.fact.returns ?? '');
