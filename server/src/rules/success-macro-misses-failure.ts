import { defineRule, type Fix, type RuleContext } from './rule.ts';
import type { TextRange } from '../text/range.ts';
import { observed } from './support/lifecycle.ts';

export default defineRule({
  id: 'success-macro-misses-failure',
  severity: 'warning',
  stage: 'stable',
  summary: 'A success macro tests a status whose failures may look like success.',
  why: 'Success macros only look at the sign of a status. Some calls fail with codes that have no error severity, and for those the macro says success: the driver goes on with something that was never set up.',
  silent: 'The status is compared exactly on the same way before, or the macro tests another status.',
  pages: ['ddi/ndis/nf-ndis-ndisiminitializedeviceinstanceex'],
  *check(context) {
    const { catalog } = context;
    for (const { one, range } of observed(context, 'inexact-test', ({ at }) => at)) {
      const entry = catalog.calls.get(one.call);
      const success = entry?.returns.success;
      const macro = /^[\s!(]*(\w+)/.exec(context.text.slice(range.start, range.end))?.[1];
      if (!entry || success === undefined || macro === undefined) continue;
      const missed = (entry.returns.codes ?? []).find(
        ({ status }) => catalog.statuses.get(status)?.ntSuccess && status !== success,
      );
      yield {
        at: range,
        message: `'${macro}' treats ${missed ? `'${missed.status}'` : 'some failures'} of '${one.call}' as success; compare with '${success}'`,
        help: `only '${success}' means that '${one.call}' has succeeded`,
        page: entry.page,
        fixes: () => compareExactly(context, range, success),
      };
    }
  },
});

/** `!MACRO(x)` becomes `x != SUCCESS`, `MACRO(x)` becomes `x == SUCCESS`. */
function compareExactly({ catalog, text }: RuleContext, range: TextRange, success: string): Fix[] {
  const { successMacros, failureMacros } = catalog.idioms;
  const match = /^(\w+)\s*\(\s*([\w.[\]>-]+|\w+\s*\([^?]*\))\s*\)$/.exec(text.slice(range.start, range.end));
  const [, macro = '', value = ''] = match ?? [];
  const isSuccess = successMacros.includes(macro);
  if (!isSuccess && !failureMacros.includes(macro)) return [];
  const not = /!\s*$/.exec(text.slice(0, range.start));
  const start = range.start - (not?.[0].length ?? 0);
  const operator = isSuccess === (not === null) ? '==' : '!=';
  return [
    {
      title: `Compare with ${success}`,
      safety: 'suggestion',
      edits: [{ range: { start, end: range.end }, newText: `${value} ${operator} ${success}` }],
    },
  ];
}
