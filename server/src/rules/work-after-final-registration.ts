import { callsOf } from '../driver/lifecycle/function-traits.ts';
import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { entryOf, lineOf, observed, relatedAt } from './support/lifecycle.ts';
import { opAt } from './support/moves.ts';

export default defineRule({
  id: 'work-after-final-registration',
  severity: 'hint',
  stage: 'stable',
  summary: 'A step that can fail follows a registration that should be the last one.',
  why: 'Some registrations cannot be undone, and others let handlers run at once. When a later step fails, the driver has to leave with the registration standing, or to take it back while it is in use. Steps that can fail go before it.',
  silent:
    'The step needs the handle, registers, associates or only traces, or its failure does not make the entry point fail.',
  pages: ['hid/minidriver-operations', 'network/initializing-a-protocol-driver'],
  *check(context) {
    const seen = new Set<string>();
    for (const { one } of observed(context, 'late-failure', ({ at }) => at)) {
      const { held, at, callee } = one;
      const entry = entryOf(context, held);
      const op = opAt(context, at);
      if (!entry?.registration?.isLastStep || op?.kind !== 'call') continue;
      if (isExcepted(context, callee) || needsHandle(context, held, at)) continue;
      const name = context.driver.placeOf({ fn: at.fn, range: op.nameRange }).range;
      if (seen.has(`${name.start}`)) continue;
      seen.add(`${name.start}`);
      const line = lineOf(context, held.at);
      const where = `'${held.call}'${line === undefined ? '' : ` (line ${line})`}`;
      const hasUndo = entry.registration.undo?.call !== undefined;
      yield {
        at: name,
        message: `'${callee}' can fail after ${where}; ${hasUndo ? `register the ${entry.registration.noun} last` : 'do it before, since the registration cannot be undone'}`,
        help: hasUndo
          ? 'handlers may already run when the failure is noticed'
          : 'when the entry point fails now, the registration stays behind',
        related: [relatedAt(context, held.at, `'${held.call}' registers here`)],
        page: entry.page,
      };
    }
  },
});

/** Tracing, and calls that belong to registrations. */
function isExcepted({ catalog }: RuleContext, callee: string): boolean {
  const entry = catalog.calls.get(callee);
  return entry !== undefined || callee === '' || catalog.idioms.readOnly.includes(callee);
}

/** The step uses what the registration has written, itself or in what it calls: it cannot come first. */
function needsHandle({ driver }: RuleContext, { handle }: Held, at: Spot): boolean {
  const fn = driver.functionOf(at);
  if (!fn || handle === undefined) return false;
  const { table } = driver.lifecycle;
  for (const op of callsOf(fn.flow.graph)) {
    if (op.range.start !== at.range.start) continue;
    if (op.arguments.some(({ value }) => value.kind === 'place' && value.key === handle)) return true;
    const callee = op.callee === undefined ? undefined : table.resolve(op.callee, fn.file);
    if (callee?.kind === 'opaque') return true;
    if (callee?.kind !== 'own') continue;
    const named = /::\w+(?:\.\w+)?/.exec(handle);
    const object = named ? handle.slice(0, named.index + named[0].length) : handle;
    for (const id of table.reachable([callee.fn.id]))
      if (table.functions.get(id)?.flow.graph.globals.has(object)) return true;
  }
  return false;
}
