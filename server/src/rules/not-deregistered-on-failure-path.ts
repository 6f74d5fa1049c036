import type { Held } from '../driver/lifecycle/memory.ts';
import { isGlobal } from '../flow/graph.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { beforeLeaving, inCleanup, type Way } from './support/leaving.ts';
import {
  entryOf,
  handleText,
  lineOf,
  observed,
  relatedAt,
  undoStatement,
  walk,
} from './support/lifecycle.ts';
import { ifLines } from './support/blocks.ts';

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
          ? [other]
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
          ...ways.slice(1, LISTED).map(({ at }) => relatedAt(context, at, 'fails here, too')),
        ],
        ...(entry ? { page: entry.page } : {}),
        fixes: () => undoFixes(context, held, root, ways),
      };
    }
  },
});

/** Undoes before every statement that leaves, or once in the block that cleans up after all of them. */
function undoFixes(context: RuleContext, held: Held, root: string, ways: readonly Way[]): Fix[] {
  const statement = undoStatement(context, held, root);
  if (statement === undefined) return [];
  const call = statement.replace(/\(.*/, '');
  const isStanding = isOverwritten(context, held, root, ways)
    ? undefined
    : handleTest(context, held, root, call);
  const fixes: Fix[] = [];
  const before = beforeLeaving(context, held, ways, { statement, isStanding: isStanding?.test });
  if (before) {
    const { done, edits } = before;
    const places =
      ways.length === 1
        ? ''
        : done === ways.length
          ? ` (${done} places)`
          : ` (${done} of ${ways.length} places)`;
    fixes.push({ title: `Call '${call}' before leaving${places}`, safety: 'suggestion', edits });
  }
  const cleanup =
    isStanding &&
    inCleanup(
      context,
      ways,
      (text) => ifLines(text, isStanding.test, [statement, isStanding.reset]),
      (block) => block.includes(call),
    );
  if (cleanup) fixes.push({ title: `Call '${call}' in the cleanup`, safety: 'suggestion', edits: cleanup });
  return fixes;
}

/** True when another registration is refused on a way and leaves null in the same handle: no test finds it then. */
function isOverwritten(context: RuleContext, held: Held, root: string, ways: readonly Way[]): boolean {
  const handle = handleText(context, held, root);
  if (handle === undefined) return false;
  return ways.some(({ story }) => {
    const from = story.findIndex(
      ({ kind, at }) =>
        kind === 'registered' && at.fn === held.at.fn && at.range.start === held.at.range.start,
    );
    return story.slice(from + 1).some(({ kind, at }) => {
      if (kind !== 'failed') return false;
      const { uri, range } = context.driver.placeOf(at);
      const text = uri === context.facts.uri ? context.text : (context.textOf(uri) ?? '');
      return text.slice(range.start, range.end).replace(/\s/g, '').includes(`&${handle}`);
    });
  });
}

/** Only a variable at file scope is known to be null before the registration. */
function handleTest(
  context: RuleContext,
  held: Held,
  root: string,
  call: string,
): { readonly test: string; readonly reset: string } | undefined {
  const handle = handleText(context, held, root);
  const isDirect = entryOf(context, held)?.registration?.undo?.call === call;
  if (!isDirect || handle === undefined || held.handle === undefined || !isGlobal(held.handle))
    return undefined;
  const none = context.catalog.idioms.null[0] ?? '0';
  return { test: `${handle} != ${none}`, reset: `${handle} = ${none};` };
}
