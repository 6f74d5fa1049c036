import { lineEnd, lineStart } from '../../text/layout.ts';
import type { TextRange } from '../../text/range.ts';

/**
 * End of a call's statement together with the test of its status that follows: `if (...) { ...; return ...; }`. The
 * statement's own end when no test follows; undefined when what follows is no simple way out.
 */
export function endOfChecked(text: string, statement: TextRange): number | undefined {
  if (text[statement.end - 1] !== ';') return undefined;
  const gap = /^(?:\s|\/\*[^]*?\*\/|\/\/.*)*/.exec(text.slice(statement.end))?.[0].length ?? 0;
  const start = statement.end + gap;
  const test = /^if\s*\(/.exec(text.slice(start, start + 80));
  if (!test) return statement.end;
  const condition = closing(text, start + test[0].length - 1);
  if (condition === undefined) return undefined;
  const brace = condition + (/^\s*/.exec(text.slice(condition))?.[0].length ?? 0);
  if (text[brace] !== '{') return undefined;
  const end = closing(text, brace);
  if (end === undefined || /^\s*else\b/.test(text.slice(end))) return undefined;
  return leaves(text.slice(brace, end - 1)) ? end : undefined;
}

/** True when the last statement of a block, up to its closing brace, is a jump. */
function leaves(block: string): boolean {
  const code = block.trimEnd();
  if (!code.endsWith(';')) return false;
  const start = Math.max(...[';', '{', '}'].map((mark) => code.lastIndexOf(mark, code.length - 2)));
  return /\b(?:return|goto|break|__leave)\b/.test(code.slice(start + 1));
}

/** Behind the bracket that closes the one at `open`; strings and comments are skipped. */
function closing(text: string, open: number): number | undefined {
  const tokens = /\\[^]|\/\*[^]*?(?:\*\/|$)|\/\/.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()[\]{}]/g;
  tokens.lastIndex = open;
  let depth = 0;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    if ('([{'.includes(match[0])) depth++;
    else if (')]}'.includes(match[0]) && --depth === 0) return match.index + 1;
  }
  return undefined;
}

/** Whole lines of a range when nothing else stands on them, the break behind included. */
export function wholeLines(text: string, range: TextRange): TextRange | undefined {
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  if (text.slice(start, range.start).trim() !== '' || text.slice(range.end, end).trim() !== '')
    return undefined;
  const next = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return { start, end: end + next };
}
