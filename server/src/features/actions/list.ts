import { type Finding, findingsAt } from '../diagnostics.ts';
import { type Action, type ActionContext, editing } from './action.ts';
import { addAllHandlers, createUndefinedHandler } from './handlers.ts';
import { convertTable } from './initializer.ts';
import { infSuppressions, suppressions } from './suppress.ts';
import type { TextRange } from '../../text/range.ts';

/**
 * What can be done at a place, in the order in which it is offered: fixes of the findings there, the preferred one first;
 * what completes the table; the same fix in the whole file; rewriting; silencing; reading. A file that is no source, such
 * as an INF file, has findings only.
 */
export function actionsAt(
  findings: readonly Finding[],
  span: TextRange,
  text: string,
  context: ActionContext | undefined,
): Action[] {
  const here = findingsAt(findings, span);
  const rules = [...new Set(here.map(({ rule }) => rule))];
  return withoutTwins([
    ...here.flatMap(fixesOf),
    ...(context ? [...createUndefinedHandler(context), ...addAllHandlers(context)] : []),
    ...rules.filter((rule) => isWorthAll(findings, rule)).map(fixAll),
    ...(context
      ? convertTable(context).flatMap(({ edits, ...action }) => editing(context, action, edits))
      : []),
    ...(context ? suppressions(context, here) : infSuppressions(text, here)),
    ...rules.flatMap((rule) => here.find((finding) => finding.rule === rule) ?? []).map(openPage),
  ]);
}

const fixesOf = (finding: Finding): Action[] =>
  finding.fixes().map(({ title, edits }, index) => ({
    title,
    kind: 'quickfix',
    finding,
    isPreferred: index === 0,
    todo: { kind: 'edit', edits },
  }));

/** Several findings of the rule have a fix that may be made without looking. */
const isWorthAll = (findings: readonly Finding[], rule: string): boolean =>
  findings.filter(
    (finding) => finding.rule === rule && finding.fixes().some(({ safety }) => safety === 'safe'),
  ).length > 1;

const fixAll = (rule: string): Action => ({
  title: `Fix all ${rule} in this file`,
  kind: 'quickfix',
  todo: { kind: 'fixAll', rule },
});

const openPage = (finding: Finding): Action => ({
  title: `Open the page of ${finding.rule}`,
  kind: 'quickfix',
  finding,
  todo: { kind: 'page', url: finding.url },
});

/** Two ways to the same edits are one action: the first. */
function withoutTwins(actions: readonly Action[]): Action[] {
  const seen = new Set<string>();
  return actions.filter(({ todo, kind }) => {
    if (todo.kind !== 'edit') return true;
    const edits = todo.edits.map(({ uri, range, newText }) =>
      JSON.stringify([uri ?? '', range.start, range.end, newText]),
    );
    const key = `${kind} ${edits.toSorted((a, b) => (a < b ? -1 : 1)).join()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
