import type { Catalog } from '../../catalog/catalog.ts';
import type { CallEntry } from '../../catalog/entry.ts';
import type { RuleContext } from '../rule.ts';
import { textBefore, BLANKS, lastWord, withoutEnd, withoutEnds } from '../../text/ends.ts';

/** Types that calls of the catalogue return their status in. */
export const statusTypes = (catalog: Catalog): ReadonlySet<string> =>
  new Set(
    [...catalog.calls.values()].flatMap(({ returns }) =>
      returns.success === undefined ? [] : [returns.type],
    ),
  );

/** A type of such calls, or one that is named like them. */
export const isStatusType = ({ catalog }: RuleContext, type: string): boolean =>
  statusTypes(catalog).has(type) || type.endsWith('STATUS');

/** The variable that a function returns most often, by the code of its body. */
export function returnedVariable(body: string): string | undefined {
  const counts = new Map<string, number>();
  for (const [, name] of returnsIn(body).map(({ text }) => [text, returnedName(text)] as const)) {
    if (name !== undefined && isDeclaredIn(body, name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return best?.[0];
}

/** A variable of a status type that the body declares; the returned one first. */
export function statusVariable({ catalog }: RuleContext, body: string): string | undefined {
  const types = [...statusTypes(catalog)].join('|');
  const isStatus = (name: string) => new RegExp(`\\b(?:${types})\\s[^;(){}]*\\b${name}\\b`).test(body);
  const returned = returnedVariable(body);
  if (returned !== undefined && isStatus(returned)) return returned;
  return new RegExp(`\\b(?:${types})\\s+([A-Za-z_]\\w*)\\s*[;,=]`).exec(body)?.[1];
}

const isDeclaredIn = (body: string, name: string): boolean =>
  withoutReturns(body)
    .split(/[;{}]/)
    .some((statement) => {
      const [first = '', ...more] = statement.split(',');
      const head = textBefore(first, '=').trimEnd();
      const type = withoutEnd(head.slice(0, head.length - lastWord(head).length), `*${BLANKS}`);
      if (!/\w$/.test(type) || type.length + lastWord(head).length === head.length) return false;
      return (
        lastWord(head) === name ||
        more.some((part) => withoutEnds(textBefore(part, '='), `*${BLANKS}`, BLANKS) === name)
      );
    });

/** Asks whether a status is a failure, as the file's author does. */
export function failureTest(
  { catalog }: RuleContext,
  code: string,
  variable: string,
  entry: CallEntry | undefined,
): string {
  const { idioms } = catalog;
  const count = (pattern: string): number => code.match(new RegExp(pattern, 'g'))?.length ?? 0;
  const own = entry?.returns.success;
  const styles = [...idioms.statuses.success].map((name) => ({
    text: `${variable} != ${name}`,
    uses: count(`[!=]=\\s*${name}\\b|\\b${name}\\s*[!=]=`) + (name === own ? 0.5 : 0),
  }));
  if (entry?.returns.test !== 'exact') {
    for (const name of idioms.successMacros)
      styles.push({ text: `!${name}(${variable})`, uses: count(`\\b${name}\\s*\\(`) });
  }
  const [best] = styles.toSorted((a, b) => b.uses - a.uses);
  return best?.text ?? variable;
}

/** The expression of a `return`, without its semicolon; undefined for another statement. */
export const returnedText = (statement: string): string | undefined =>
  /^return\b/.test(statement)
    ? withoutEnd(statement.slice('return'.length), `;${BLANKS}`).trimStart()
    : undefined;

/** `status` in `return (status);`. */
function returnedName(statement: string): string | undefined {
  const name = withoutEnds(returnedText(statement) ?? '', `(${BLANKS}`, `)${BLANKS}`);
  return /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}

/** Statements that return, with their semicolons. */
export function returnsIn(body: string): { readonly index: number; readonly text: string }[] {
  const found: { index: number; text: string }[] = [];
  let start = 0;
  for (let end = body.indexOf(';'); end >= 0; start = end + 1, end = body.indexOf(';', start)) {
    const part = body.slice(start, end);
    const at = part.search(/\breturn\b/);
    if (at >= 0) found.push({ index: start + at, text: `${part.slice(at)};` });
  }
  return found;
}

function withoutReturns(body: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { index, text } of returnsIn(body)) {
    parts.push(body.slice(at, index));
    at = index + text.length;
  }
  return parts.join('') + body.slice(at);
}
