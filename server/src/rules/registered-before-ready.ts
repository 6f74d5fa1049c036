import { type DriverFunction, spelled } from '../driver/lifecycle/functions.ts';
import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import type { Key } from '../flow/graph.ts';
import { isGlobal } from '../flow/graph.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { handlersOf, hasHandlers, testedGlobals, usedHere, userOf } from './support/callbacks.ts';
import { entryOf, lineOf, observed, relatedAt } from './support/lifecycle.ts';
import {
  inOneBlock,
  moveBefore,
  opAt,
  plainStatementAt,
  statementAt,
  usesWrittenBetween,
} from './support/moves.ts';

export default defineRule({
  id: 'registered-before-ready',
  severity: 'warning',
  stage: 'stable',
  summary: 'A lock, list or event is initialized after handlers that use it may already run.',
  why: 'Registering a protocol or filter driver makes the system bind it to adapters at once: handlers run on other threads, often before the registration call returns. A lock that is initialized only then may be held already, and a list loses what was inserted; the result is a hang or a crash that shows up on fast machines only.',
  silent:
    'The registration calls back only after the entry point has returned, no visible handler uses the object, the object needs the handle of the registration, or the handler tests a variable that is set later. When the handlers are out of sight, a hint says so for locks and lists only.',
  pages: ['ddi/ndis/nf-ndis-ndisregisterprotocoldriver', 'network/initializing-a-filter-driver'],
  *check(context) {
    for (const { one, range } of observed(context, 'ready-late', ({ at }) => at)) {
      const { held, key, at } = one;
      const entry = entryOf(context, held);
      if (!entry || !hasHandlers(context, [entry])) continue;
      const handlers = handlersOf(context, [entry]);
      const name = spelled(key);
      const line = lineOf(context, held.at);
      const related = [
        relatedAt(context, held.at, `'${held.call}' registers here, and handlers may run from now on`),
      ];
      const rest = { page: entry.page, fixes: () => readyFirst(context, held, at) };
      const where = `'${held.call}'${line === undefined ? '' : ` (line ${line})`}`;
      if (handlers.length === 0) {
        if (!isShared(context, at)) continue;
        yield {
          at: range,
          severity: 'hint',
          message: `'${name}' is initialized after ${where}, whose handlers may already run`,
          help: 'initialize what handlers may use before they can be called',
          related,
          ...rest,
        };
        continue;
      }
      const user = userOf(context, handlers, key, new Set([at.fn, held.at.fn]));
      if (!user || isHeldBack(context, [user.handler, context.driver.functionOf(user.at)], held, at))
        continue;
      const { name: handler } = user.handler.flow.fact;
      related.push(usedHere(context, user));
      yield {
        at: range,
        message: `'${name}' is initialized after ${where}, but '${handler}' uses it and can already run`,
        help: `the ${entry.registration?.noun ?? 'driver'} may be called before '${held.call}' returns; initialize '${name}' first`,
        related,
        ...rest,
      };
    }
  },
});

/** What is made ready is a lock or a list, by the name of the call that does it. */
function isShared(context: RuleContext, at: Spot): boolean {
  const op = opAt(context, at);
  const call = op?.kind === 'call' ? op.callee : undefined;
  return call !== undefined && new RegExp(context.catalog.idioms.sharedState, 'i').test(call);
}

/** The handlers ask for something that is only set behind the late statement: the author has thought of it. */
function isHeldBack(
  context: RuleContext,
  functions: readonly (DriverFunction | undefined)[],
  held: Held,
  at: Spot,
): boolean {
  const tested = testedGlobals(functions);
  const laterIn = (spot: Spot): Key[] =>
    (context.driver.functionOf(spot)?.flow.graph.blocks ?? []).flatMap(({ ops }) =>
      ops.flatMap((op) => {
        if (op.kind === 'assign' && isGlobal(op.to) && op.range.start > spot.range.start) return [op.to];
        return op.kind === 'bits' && isGlobal(op.of) ? [op.of] : [];
      }),
    );
  return [...laterIn(at), ...(held.at.fn === at.fn ? [] : laterIn(held.at))].some((key) => tested.has(key));
}

/** Moves the statement above those that set up the table. */
function readyFirst(context: RuleContext, held: Held, at: Spot): Fix[] {
  if (held.at.fn !== at.fn) return [];
  const statement = plainStatementAt(context, at);
  const registration = statementAt(context, held.at);
  if (
    !statement ||
    !registration ||
    !inOneBlock(statement.text, registration.range.start, statement.range.start)
  )
    return [];
  const before = setupOf(context, held) ?? registration.range.start;
  const between = { start: before, end: statement.range.start };
  if (usesWrittenBetween(context, at, statement, between)) return [];
  return [
    {
      title: `Initialize before '${held.call}'`,
      safety: 'suggestion',
      edits: moveBefore(statement, before),
    },
  ];
}

/** Where the table that is registered starts to be filled, in the block of the call. */
function setupOf(context: RuleContext, held: Held): number | undefined {
  const fn = context.driver.functionOf(held.at);
  const { range } = context.driver.placeOf(held.at);
  if (!fn) return undefined;
  const text = context.textOf(fn.file.uri);
  if (text === undefined) return undefined;
  const starts = fn.file.tables
    .filter(({ atCall }) => atCall?.range.start === range.start)
    .flatMap(({ zeroed, writes, inFunction }) => [
      ...(zeroed?.how === 'call' && inFunction === fn.flow.fact.name ? [zeroed.range.start] : []),
      ...writes.flatMap((write) =>
        write.form === 'assignment' && !write.inHelper ? [write.statement.start] : [],
      ),
    ])
    .filter((start) => start < range.start && inOneBlock(text, start, range.start));
  return starts.length === 0 ? undefined : Math.min(...starts);
}
