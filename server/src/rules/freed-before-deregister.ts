import { type DriverFunction, spelled } from '../driver/lifecycle/functions.ts';
import type { Spot } from '../driver/lifecycle/memory.ts';
import { isGlobal } from '../flow/graph.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { handlersOf, hasHandlers, testedGlobals, usedHere, userOf } from './support/callbacks.ts';
import { lineOf, observed, relatedAt } from './support/lifecycle.ts';
import { hasJumps, inOneBlock, moveBefore, plainStatementAt, usesWrittenBetween } from './support/moves.ts';

export default defineRule({
  id: 'freed-before-deregister',
  severity: 'warning',
  stage: 'stable',
  summary: 'A lock or memory is released before the call that stops the handlers which use it.',
  why: 'Until the undo call has returned, the system may still call handlers: it unbinds and detaches from inside that call. A lock that is freed before then is taken by those handlers nevertheless, and memory that is freed is read.',
  silent:
    'No visible handler uses the object, handlers test a variable that is set before the release, or the release is out of sight. Deleting the control device first is right, and never reported.',
  pages: ['network/unloading-a-filter-driver', 'ddi/ndis/nf-ndis-ndisderegisterprotocoldriver'],
  *check(context) {
    const { catalog } = context;
    for (const { one, range } of observed(context, 'released-early', ({ at }) => at)) {
      const { call, key, at, undo } = one;
      const entries = [...catalog.calls.values()].filter(
        ({ registration }) =>
          registration?.undo?.call === call && registration.earliestCallback === 'insideCall',
      );
      if (!hasHandlers(context, entries)) continue;
      const user = userOf(context, handlersOf(context, entries), key, new Set([at.fn, undo.fn]));
      if (!user || isHeldBack(context, [user.handler, context.driver.functionOf(user.at)], at)) continue;
      const name = spelled(key);
      const { name: handler } = user.handler.flow.fact;
      const line = lineOf(context, undo);
      const [entry] = entries;
      yield {
        at: range,
        message: `'${name}' is released before '${call}'${line === undefined ? '' : ` (line ${line})`}, and '${handler}' still uses it`,
        help: `handlers can run until '${call}' returns; release '${name}' behind it`,
        related: [relatedAt(context, undo, `'${call}' stops the handlers here`), usedHere(context, user)],
        ...(entry ? { page: entry.page } : {}),
        fixes: () => undoFirst(context, at, undo, call),
      };
    }
  },
});

/** The handlers ask for something that is written before the release: the author has thought of it. */
function isHeldBack(
  { driver }: RuleContext,
  functions: readonly (DriverFunction | undefined)[],
  at: Spot,
): boolean {
  const tested = testedGlobals(functions);
  return (driver.functionOf(at)?.flow.graph.blocks ?? []).some(({ ops }) =>
    ops.some((op) => {
      if (op.kind === 'assign')
        return isGlobal(op.to) && op.range.start < at.range.start && tested.has(op.to);
      return op.kind === 'bits' && tested.has(op.of);
    }),
  );
}

/** Moves the undo in front of the release, when nothing between them could tell the difference. */
function undoFirst(context: RuleContext, at: Spot, undo: Spot, call: string): Fix[] {
  if (at.fn !== undo.fn) return [];
  const release = plainStatementAt(context, at);
  const statement = plainStatementAt(context, undo);
  if (!release || !statement) return [];
  const between = { start: release.range.start, end: statement.range.start };
  if (
    !inOneBlock(statement.text, between.start, between.end) ||
    hasJumps(statement.text, between.start, between.end) ||
    usesWrittenBetween(context, undo, statement, between)
  )
    return [];
  return [
    {
      title: `Call '${call}' before the release`,
      safety: 'suggestion',
      edits: moveBefore(statement, release.range.start),
    },
  ];
}
