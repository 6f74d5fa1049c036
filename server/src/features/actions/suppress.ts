import type { SuppressionFact } from '../../driver/facts.ts';
import type { RuleContext } from '../../rules/rule.ts';
import { indentationAt, lineBreak, lineEnd, lineStart } from '../../text/layout.ts';
import type { TextRange } from '../../text/range.ts';
import { type Finding, UNUSED_SUPPRESSION } from '../diagnostics.ts';
import { type Action, type ActionEdit, editing } from './action.ts';

/** What the author replaces by the reason. */
const REASON = 'reason';

/** Ways to silence the findings: here, and in the whole file; each rule once. */
export function suppressions(context: RuleContext, findings: readonly Finding[]): Action[] {
  const rules = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.rule !== UNUSED_SUPPRESSION && !rules.has(finding.rule)) rules.set(finding.rule, finding);
  }
  const here = [...rules.values()].flatMap((finding) => {
    const made = ignoreHere(context, finding);
    return made
      ? editing(context, { title: `Ignore ${finding.rule} here`, kind: 'quickfix', finding }, [made])
      : [];
  });
  const everywhere = [...rules.values()].flatMap((finding) =>
    editing(context, { title: `Ignore ${finding.rule} in this file`, kind: 'quickfix', finding }, [
      ignoreInFile(context, finding.rule),
    ]),
  );
  return [...here, ...everywhere];
}

/** The same in an INF file, whose comments begin with a semicolon. */
export function infSuppressions(text: string, findings: readonly Finding[]): Action[] {
  const eol = lineBreak(text);
  return findings
    .filter(({ rule }, index) => findings.findIndex((other) => other.rule === rule) === index)
    .map((finding) => ({
      title: `Ignore ${finding.rule} here`,
      kind: 'quickfix',
      finding,
      todo: {
        kind: 'edit',
        edits: [edit(lineStart(text, finding.range.start), `; driverentry-ignore ${finding.rule}: `, eol)],
      },
    }));
}

/** The text before the placeholder, the placeholder, and the text behind it. */
function edit(at: number, before: string, behind: string): ActionEdit {
  return {
    range: { start: at, end: at },
    newText: before + REASON + behind,
    placeholder: { start: before.length, end: before.length + REASON.length },
  };
}

/** Adds the rule to a comment that is there. */
function joined({ ruleRanges }: SuppressionFact, rule: string): ActionEdit | undefined {
  const end = ruleRanges.at(-1)?.end;
  return end === undefined ? undefined : { range: { start: end, end }, newText: `, ${rule}` };
}

/** A comment for the finding's line: above it, or behind it where a line above would change what the code means. */
function ignoreHere({ facts, text, lines }: RuleContext, { rule, range }: Finding): ActionEdit | undefined {
  const { line } = lines.positionAt(range.start);
  const known = facts.suppressions.find((item) => item.scope === 'line' && item.line === line);
  if (known) return joined(known, rule);
  const start = lines.lineStart(line);
  const end = lines.lineEnd(line);
  const state = stateAt(text, start);
  if (state === 'code' && !isContinued(text, start)) {
    const eol = lineBreak(text);
    return edit(start, `${indentationAt(text, start)}// driverentry-ignore ${rule}: `, eol);
  }
  // The line goes on from the one above: as part of a macro, a string, or behind the end of a comment.
  const source = text.slice(start, end);
  const bare = source.trimEnd();
  const behind = bare.endsWith('\\');
  const at = start + (behind ? bare.slice(0, -1).trimEnd() : bare).length;
  if (stateAt(text, at) !== 'code' || at <= range.start) return undefined;
  return behind
    ? edit(at, ` /* driverentry-ignore ${rule}: `, ' */')
    : edit(at, `${source.trim() === '' ? '' : ' '}// driverentry-ignore ${rule}: `, '');
}

/** True when the line before ends in a backslash. */
const isContinued = (text: string, start: number): boolean =>
  /\\[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, start - 80), start));

/** What an offset lies in. */
function stateAt(text: string, offset: number): 'code' | 'comment' | 'string' {
  let at = 0;
  while (at < offset) {
    const c = text[at] ?? '';
    if (text.startsWith('//', at)) {
      at = endOfLineComment(text, at);
      if (offset <= at) return 'comment';
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
      if (offset < at) return 'comment';
    } else if (c === '"' || c === "'") {
      at = endOfString(text, at);
      if (offset < at) return 'string';
    } else at++;
  }
  return 'code';
}

/** Before the line break that no backslash stands in front of. */
function endOfLineComment(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (text[end - 1] === '\\' && end < text.length) end = lineEnd(text, end + (text[end] === '\r' ? 2 : 1));
  return end;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start] && text[at] !== '\n' && text[at] !== '\r') {
    at += text[at] !== '\\' ? 1 : text.startsWith('\r\n', at + 1) ? 3 : 2;
  }
  return at + 1;
}

/** A line behind the first comment of the file, which is where such comments count. */
function ignoreInFile({ facts, text }: RuleContext, rule: string): ActionEdit {
  const known = facts.suppressions.find((item) => item.scope === 'file');
  const more = known && joined(known, rule);
  if (more) return more;
  const eol = lineBreak(text);
  const head = firstComment(text);
  const line = `// driverentry-ignore-file ${rule}: `;
  if (head) return edit(head.end, eol + line, '');
  return edit(text.startsWith('\ufeff') ? 1 : 0, line, eol);
}

/** The comment that the file begins with: a block, or lines without a blank line between them. */
function firstComment(text: string): TextRange | undefined {
  const mark = text.startsWith('\ufeff') ? 1 : 0;
  const start = text.length - text.slice(mark).trimStart().length;
  if (text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2) + 2;
    return close > 1 && text.slice(close, lineEnd(text, close)).trim() === ''
      ? { start, end: close }
      : undefined;
  }
  let end: number | undefined;
  for (
    let at = start;
    text
      .slice(at, at + 200)
      .trimStart()
      .startsWith('//');
  ) {
    end = lineEnd(text, at);
    if (text[end - 1] === '\\') return undefined;
    at = end + (text[end] === '\r' ? 2 : 1);
    if (/^[ \t]*[\r\n]/.test(text.slice(at, at + 200))) break;
  }
  return end === undefined ? undefined : { start, end };
}
