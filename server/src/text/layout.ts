import type { TextEdit } from './edit.ts';
import type { TextRange } from './range.ts';

/** Line break that the text uses; the first one decides. */
export const lineBreak = (text: string): '\n' | '\r\n' =>
  /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';

/** White space at the start of the line that holds the offset. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
}

/** One level of indentation as the text uses it: a tab, or the commonest small number of spaces. */
export function indentUnit(text: string): string {
  let tabs = 0;
  const widths = new Map<number, number>();
  let previous = 0;
  for (const match of text.slice(0, 50_000).matchAll(/^([ \t]*)\S/gm)) {
    const lead = match[1] ?? '';
    if (lead.startsWith('\t')) tabs++;
    else {
      const step = lead.length - previous;
      if (step > 1 && step <= 8) widths.set(step, (widths.get(step) ?? 0) + 1);
      previous = lead.length;
    }
  }
  const [best] = [...widths].toSorted((a, b) => b[1] - a[1]);
  if (tabs > (best?.[1] ?? 0)) return '\t';
  return ' '.repeat(best?.[0] ?? 4);
}

export const lineStart = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;

/** Offset of the line's end, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const match = /[\r\n]/g;
  match.lastIndex = offset;
  return match.exec(text)?.index ?? text.length;
}

/** Inserts whole lines behind a statement, at its indentation; behind a comment that ends its line, too. */
export function linesAfter(text: string, statement: TextRange, lines: readonly string[]): TextEdit {
  const indent = indentationAt(text, statement.start);
  const eol = lineBreak(text);
  const end = lineEnd(text, statement.end);
  const rest = text.slice(statement.end, end);
  // Code behind the statement on the same line (`{ a.b = c; }`) must stay behind the new lines.
  const at = isCommentOrNothing(rest) ? end : statement.end;
  return { range: { start: at, end: at }, newText: lines.map((line) => eol + indent + line).join('') };
}

/** Inserts whole lines before a statement, at its indentation. */
export function linesBefore(text: string, statement: TextRange, lines: readonly string[]): TextEdit {
  const indent = indentationAt(text, statement.start);
  const eol = lineBreak(text);
  const start = lineStart(text, statement.start);
  const ownLine = text.slice(start, statement.start).trim() === '';
  const at = ownLine ? start : statement.start;
  return {
    range: { start: at, end: at },
    newText: lines.map((line) => (ownLine ? indent + line + eol : `${line} `)).join(''),
  };
}

/** Removes a statement with its line, if nothing else stands on it. */
export function removeStatement(text: string, statement: TextRange): TextEdit {
  const start = lineStart(text, statement.start);
  const end = lineEnd(text, statement.end);
  const alone =
    text.slice(start, statement.start).trim() === '' && text.slice(statement.end, end).trim() === '';
  if (!alone) return { range: statement, newText: '' };
  const next = /^\r?\n|^\r/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { range: { start, end: end + next }, newText: '' };
}

/** True for the rest of a line that holds a comment, which ends in it, or nothing. */
export function isCommentOrNothing(rest: string): boolean {
  const text = rest.trim();
  return (
    text === '' ||
    text.startsWith('//') ||
    (text.startsWith('/*') && text.indexOf('*/', 2) === text.length - 2 && text.length >= 4)
  );
}
