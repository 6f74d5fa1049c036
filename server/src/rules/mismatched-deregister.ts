import { defineRule } from './rule.ts';
import {
  alsoCalls,
  callOf,
  isMismatchedUndo,
  providerAt,
  rightUndo,
  wrongUses,
} from './support/handle-uses.ts';

export default defineRule({
  id: 'mismatched-deregister',
  severity: 'error',
  stage: 'stable',
  summary: 'The undo call belongs to another kind of registration.',
  why: 'Every registration call has one undo. Another one takes the handle for a structure of its own kind: the registration stays, and memory that belongs to something else is released.',
  silent:
    'It cannot be told where the handle comes from, or the right undo is called in the same function, too, as a driver does that decides by the version it runs on.',
  pages: ['ddi/ndis/nf-ndis-ndisderegisterprotocoldriver', 'network/wdi-ndis-interface-restrictions'],
  *check(context) {
    for (const use of wrongUses(context)) {
      if (!isMismatchedUndo(context, use)) continue;
      const [provider = ''] = use.actual;
      const right = rightUndo(context, provider, use.call) ?? '';
      if (use.actual.some((other) => rightUndo(context, other, use.call) !== right)) continue;
      if (alsoCalls(context, use, right)) continue;
      const { range } = context.driver.placeOf(use.nameAt);
      const isPlain = callOf(context, use)?.inMacro === false;
      yield {
        at: range,
        message: `'${use.call}' cannot undo '${provider}'; call '${right}'`,
        help: `the ${context.catalog.calls.get(provider)?.registration?.noun ?? 'registration'} stays registered, and the handle is read as something it is not`,
        related: providerAt(context, provider, `'${provider}' hands out the handle here`),
        page: context.catalog.calls.get(right)?.page ?? '',
        about: { call: use.call },
        fixes: () =>
          isPlain
            ? [{ title: `Call '${right}'`, safety: 'suggestion', edits: [{ range, newText: right }] }]
            : [],
      };
    }
  },
});
