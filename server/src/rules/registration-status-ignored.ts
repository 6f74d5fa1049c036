import { defineRule } from './rule.ts';
import { checkStatus } from './support/checked-call.ts';
import { entryOf, observed, relatedAt } from './support/lifecycle.ts';

const HELP = 'when the call is refused, the driver goes on without the registration';

export default defineRule({
  id: 'registration-status-ignored',
  severity: 'warning',
  stage: 'stable',
  summary: 'Nobody looks at the result of a registration.',
  why: 'A registration may be refused: for a version that this Windows does not know, for a table with a missing member, or for want of memory. A driver that does not look goes on with a handle that means nothing, and crashes when it uses or undoes it.',
  silent:
    'The result is cast to void, tested, returned, stored where others see it, or handed to a function.',
  pages: ['ddi/ndis/nf-ndis-ndisregisterprotocoldriver', 'ddi/hidport/nf-hidport-hidregisterminidriver'],
  *check(context) {
    for (const { one, range: at } of observed(context, 'unchecked', ({ held, by }) => by?.at ?? held.at)) {
      const { held, isIgnored, by } = one;
      if (by) {
        yield {
          at,
          message: `result of '${by.callee}', which is that of '${held.call}', is never checked`,
          help: HELP,
          related: [relatedAt(context, held.at, `'${by.callee}' returns the status of this call`)],
          page: entryOf(context, held)?.page ?? '',
          about: { call: held.call },
        };
        continue;
      }
      const start = context.driver.placeOf(held.at).range.start;
      const call = context.facts.calls.find(({ range }) => range.start === start);
      const entry = entryOf(context, held);
      if (!call || !entry) continue;
      yield {
        at: call.nameRange,
        message:
          isIgnored || call.resultVariable === undefined
            ? `result of '${held.call}' is never checked`
            : `result of '${held.call}' in '${call.resultVariable}' is never checked`,
        help: HELP,
        page: entry.page,
        about: { call: held.call },
        fixes: () => checkStatus(context, call, entry, isIgnored),
      };
    }
  },
});
