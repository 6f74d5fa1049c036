import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import { pathOf } from '../flow/graph.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { entryOf, observed, relatedAt, textAt } from './support/lifecycle.ts';
import {
  inOneBlock,
  moveBefore,
  opAt,
  plainStatementAt,
  statementAt,
  usesWrittenBetween,
} from './support/moves.ts';

export default defineRule({
  id: 'changed-after-registration',
  severity: 'warning',
  stage: 'stable',
  summary: 'A table is written after it was registered.',
  why: 'The registration call copies the table. What is stored in it afterwards stays in the variable of the driver: the system never sees it, and a handler that is set there is never called.',
  silent: 'The table is zeroed or filled for another registration, or is not copied by the call.',
  pages: ['ddi/ndis/nf-ndis-ndismregisterminiportdriver', 'ddi/ndis/nf-ndis-ndisregisterprotocoldriver'],
  *check(context) {
    for (const { one } of observed(context, 'late-write', ({ at }) => at)) {
      const { held, at } = one;
      const op = opAt(context, at);
      if (op?.kind !== 'assign' || isForAnother(context, held, at)) continue;
      const entry = entryOf(context, held);
      const structure = entry?.parameters.find(({ role }) => role === 'table')?.structures?.[0];
      const member = pathOf(op.to).slice(pathOf(held.table ?? '').length + 1);
      const role = context.catalog.structures
        .get(structure ?? '')
        ?.members.find(({ name }) => name === member)?.role;
      yield {
        at: context.driver.placeOf({ fn: at.fn, range: op.target }).range,
        message: `'${textAt(context, { fn: at.fn, range: op.target })}' is set after '${held.call}' has copied the table`,
        help:
          role === undefined
            ? 'the system keeps the copy; what is stored now has no effect'
            : 'the system keeps the copy; this handler is never called',
        related: [relatedAt(context, held.at, `'${held.call}' copies the table here`)],
        ...(entry ? { page: entry.page } : {}),
        fixes: () => setFirst(context, held, at),
      };
    }
  },
});

/** Another call behind the write gets the table, too: it may be written for that one. */
function isForAnother({ driver }: RuleContext, { table }: Held, at: Spot): boolean {
  const fn = driver.functionOf(at);
  if (!fn || table === undefined) return true;
  for (const op of callsOf(fn.flow.graph)) {
    if (op.range.start < at.range.start) continue;
    const gets = op.arguments.some(
      ({ value }) =>
        (value.kind === 'address' && value.key === table) ||
        (value.kind === 'place' && (value.key === table || `${value.key}.*` === table)),
    );
    if (gets) return true;
  }
  return false;
}

/** Moves the assignment above the statement that registers. */
function setFirst(context: RuleContext, held: Held, at: Spot): Fix[] {
  if (held.at.fn !== at.fn) return [];
  const statement = plainStatementAt(context, at);
  const registration = statementAt(context, held.at);
  if (!statement || !registration) return [];
  const between = { start: registration.range.start, end: statement.range.start };
  if (!inOneBlock(statement.text, between.start, between.end)) return [];
  if (usesWrittenBetween(context, at, statement, between, held.table)) return [];
  return [
    {
      title: `Set it before '${held.call}'`,
      safety: 'suggestion',
      edits: moveBefore(statement, between.start),
    },
  ];
}
