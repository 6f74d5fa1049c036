import type { Spot } from '../driver/lifecycle/memory.ts';
import { removeStatement } from '../text/layout.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { lineOf, observed, relatedAt } from './support/lifecycle.ts';
import { inOneBlock, plainStatementAt } from './support/moves.ts';

export default defineRule({
  id: 'deregistered-twice',
  severity: 'error',
  stage: 'stable',
  summary: 'A registration is undone a second time.',
  why: 'The undo call frees what the handle stands for. A second call gets a handle that points into freed memory: the system corrupts its own lists or stops the machine. It happens where a failing step undoes the registration and then jumps to a label that does so again, or where two cleanup routines each think it is theirs.',
  silent:
    'Something between the two calls registers again, sets the handle to null and tests it, or cannot be seen.',
  pages: ['ddi/ndis/nf-ndis-ndisderegisterprotocoldriver', 'ddi/ndis/nf-ndis-ndisfderegisterfilterdriver'],
  *check(context) {
    const { catalog } = context;
    for (const { one, range } of observed(context, 'undone-twice', ({ at }) => at)) {
      const { call, at, first } = one;
      const line = lineOf(context, first);
      const page = catalog.calls.get(call)?.page;
      yield {
        at: range,
        message: `'${call}' is called a second time for a registration that is undone already${line === undefined ? '' : ` (line ${line})`}`,
        help: 'the handle is no longer valid after the first call; the system reads and writes freed memory',
        related: [relatedAt(context, first, `'${call}' undoes it here`)],
        ...(page === undefined ? {} : { page }),
        fixes: () => withoutSecond(context, first, at, call),
      };
    }
  },
});

/** Removes the second call where the first one runs whenever the second does. */
function withoutSecond(context: RuleContext, first: Spot, at: Spot, call: string): Fix[] {
  if (first.fn !== at.fn) return [];
  const { uri, range } = context.driver.placeOf(first);
  const statement = plainStatementAt(context, at);
  if (!statement || statement.uri !== uri || range.start >= statement.range.start) return [];
  if (!inOneBlock(statement.text, range.start, statement.range.start)) return [];
  return [
    {
      title: `Remove the second '${call}'`,
      safety: 'suggestion',
      edits: [{ uri, ...removeStatement(statement.text, statement.range) }],
    },
  ];
}
