import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { entryOf, isStatusDropped, observed, walk } from './support/lifecycle.ts';
import { returnFailure } from './support/failing-status.ts';

export default defineRule({
  id: 'success-after-failed-registration',
  severity: 'error',
  stage: 'stable',
  summary: 'A function reports success although a registration was refused, or was taken back on the way.',
  why: 'Windows believes the status. A driver whose registration was refused and that says success stays loaded without doing its work: nothing ever calls it, devices do not start, and the reason is lost. An initialize handler that does so runs on without the interrupt or the memory it asked for.',
  silent:
    'Another registration of the same kind succeeded on the way, the status may hold anything, nobody tested it, what was refused is an extra that the driver can do without, such as a control device, or what was taken back is never left standing.',
  pages: ['kernel/driverentry-return-values', 'network/initializing-a-miniport-driver'],
  *check(context) {
    const seen = new Set<string>();
    for (const { one, range } of observed(context, 'success-after-failure', ({ at }) => at)) {
      const { held, at, story, isGivenUp } = one;
      const entry = entryOf(context, held);
      if ((entry?.registration?.isExtra && !isGivenUp) || isStatusDropped(context, held)) continue;
      const key = `${range.start} ${held.call}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield {
        at: range,
        message: `'${context.driver.functionOf(at)?.flow.fact.name ?? ''}' returns success although '${held.call}' failed`,
        help: 'Windows goes on as if the registration stood; return the status of the call',
        related: walk(context, story, held),
        ...(entry ? { page: entry.page } : {}),
        about: { call: held.call },
        fixes: () => fixes(context, held, at),
      };
    }
    for (const { one, range } of observed(context, 'success-after-undo', ({ at }) => at)) {
      const { held, at, story } = one;
      const entry = entryOf(context, held);
      const key = `${range.start} ${held.call}`;
      if (seen.has(key) || entry?.registration?.isExtra) continue;
      seen.add(key);
      yield {
        at: range,
        severity: 'warning',
        message: `'${context.driver.functionOf(at)?.flow.fact.name ?? ''}' returns success although '${held.call}' has been taken back`,
        help: 'Windows goes on as if the registration stood; a way that cleans up leaves with a failure',
        related: walk(context, story, held),
        ...(entry ? { page: entry.page } : {}),
      };
    }
  },
});

function fixes(context: RuleContext, held: Held, at: Spot): Fix[] {
  const edit = returnFailure(context, held, at);
  return edit ? [{ title: `Return '${edit.variable}'`, safety: 'suggestion', edits: edit.edits }] : [];
}
