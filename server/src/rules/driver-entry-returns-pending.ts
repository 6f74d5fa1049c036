import { defineRule } from './rule.ts';
import { observed } from './support/lifecycle.ts';

export default defineRule({
  id: 'driver-entry-returns-pending',
  severity: 'error',
  stage: 'stable',
  summary: 'The entry point says that it is not finished yet.',
  why: 'The entry point has to finish its work before it returns: there is no later call that could complete it. Pending is no failure to Windows, so the driver stays loaded although its initialisation has not come to an end.',
  silent: 'The function is not an entry point, or the status comes from a call.',
  pages: [
    'kernel/driverentry-return-values',
    'network/initializing-a-filter-driver',
    'network/initializing-a-protocol-driver',
  ],
  *check(context) {
    for (const { one, range } of observed(context, 'pending', ({ at }) => at)) {
      const name = context.driver.functionOf(one.at)?.flow.fact.name ?? '';
      yield {
        at: range,
        message: `'${name}' must finish before it returns; it cannot return '${one.constant}'`,
        help: 'nothing can complete it later; wait for the work, then return its status',
      };
    }
  },
});
