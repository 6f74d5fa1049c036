import type { Held, Spot } from '../driver/lifecycle/memory.ts';
import { linesBefore } from '../text/layout.ts';
import { defineRule, type FileEdit, type Fix, type RuleContext } from './rule.ts';
import { entryOf, lineOf, observed, relatedAt, undoStatement, walk } from './support/lifecycle.ts';

/** Places that a finding lists beside its own. */
const LISTED = 5;

export default defineRule({
  id: 'not-deregistered-on-failure-path',
  severity: 'warning',
  stage: 'stable',
  summary: 'A function fails and leaves something registered.',
  why: 'When the entry point fails, Windows unloads the driver at once and does not call its unload routine; when an initialize handler fails, its halt handler is not called. What is still registered then keeps pointers into code and data that are gone, and the machine stops at the next callback.',
  silent:
    'The undo depends on something that cannot be told, code out of sight may have undone the registration, or there is no undo call.',
  pages: [
    'kernel/driverentry-return-values',
    'ddi/ndis/nf-ndis-ndismregisterminiportdriver',
    'network/initializing-a-protocol-driver',
    'devtest/ndis-init-registersg',
  ],
  *check(context) {
    const seen = new Set<string>();
    for (const { one, range } of observed(context, 'left-registered', ({ at }) => at)) {
      const { root, held, story } = one;
      const key = `${root} ${held.at.fn} ${held.at.range.start}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const ways = context.driver.lifecycle.observations.flatMap((other) =>
        other.kind === 'left-registered' &&
        other.root === root &&
        other.held.at.range.start === held.at.range.start &&
        other.held.at.fn === held.at.fn
          ? [other.at]
          : [],
      );
      const entry = entryOf(context, held);
      const line = lineOf(context, held.at);
      yield {
        at: range,
        message: `'${context.driver.functionOf(one.at)?.flow.fact.name ?? ''}' fails here, but '${held.call}'${line === undefined ? '' : ` (line ${line})`} is still registered`,
        ...(entry?.registration?.undo?.call === undefined
          ? {}
          : {
              help: `call '${entry.registration.undo.call}' first: after a failure no unload or halt routine runs`,
            }),
        related: [
          ...walk(context, story, held),
          ...ways.slice(1, LISTED).map((at) => relatedAt(context, at, 'fails here, too')),
        ],
        ...(entry ? { page: entry.page } : {}),
        fixes: () => undoBeforeLeaving(context, held, root, ways),
      };
    }
  },
});

/** Inserts the undo before every statement that leaves. */
function undoBeforeLeaving(context: RuleContext, held: Held, root: string, ways: readonly Spot[]): Fix[] {
  const statement = undoStatement(context, held, root);
  if (statement === undefined) return [];
  const edits = ways.flatMap((at): FileEdit[] => {
    const { uri, range } = context.driver.placeOf(at);
    const text = context.textOf(uri);
    // A jump without braces of its own would take the new statement out of its condition.
    if (text === undefined || !isInBlock(text, range.start)) return [];
    return [{ ...(uri === context.facts.uri ? {} : { uri }), ...linesBefore(text, range, [statement]) }];
  });
  if (edits.length !== ways.length) return [];
  const title =
    ways.length === 1
      ? `Call ${statement.replace(/\(.*/, '')} before leaving`
      : `Call ${statement.replace(/\(.*/, '')} before leaving (${ways.length} places)`;
  return [{ title, safety: 'suggestion', edits }];
}

/** True when the statement stands behind another one or an opening brace. */
const isInBlock = (text: string, offset: number): boolean =>
  /[;{}]\s*$|\*\/\s*$/.test(text.slice(Math.max(0, offset - 2000), offset).replace(/\/\/.*$/gm, ''));
