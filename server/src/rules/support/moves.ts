import type { Spot } from '../../driver/lifecycle/memory.ts';
import type { AssignOp, CallOp, Key } from '../../flow/graph.ts';
import { isGlobal, isPartOf, nameOf, rootOf } from '../../flow/graph.ts';
import type { TextEdit } from '../../text/edit.ts';
import { indentationAt, isCommentOrNothing, lineBreak, lineEnd, lineStart } from '../../text/layout.ts';
import type { TextRange } from '../../text/range.ts';
import type { FileEdit, RuleContext } from '../rule.ts';

/** A statement of a function, in its file. */
export interface Statement {
  readonly uri: string;
  readonly text: string;
  readonly range: TextRange;
}

/** The call or assignment at a spot. */
export function opAt({ driver }: RuleContext, spot: Spot): CallOp | AssignOp | undefined {
  for (const { ops } of driver.functionOf(spot)?.flow.graph.blocks ?? []) {
    for (const op of ops) {
      if (
        (op.kind === 'call' || op.kind === 'assign') &&
        op.range.start === spot.range.start &&
        op.range.end === spot.range.end
      )
        return op;
    }
  }
  return undefined;
}

/** The statement that a call or assignment stands in. */
export function statementAt(context: RuleContext, spot: Spot): Statement | undefined {
  const op = opAt(context, spot);
  if (!op) return undefined;
  const { uri, range } = context.driver.placeOf({ fn: spot.fn, range: op.statement });
  const text = context.textOf(uri);
  return text === undefined ? undefined : { uri, text, range };
}

/** The same, when it is one simple statement that can be taken out of its block without changing any other. */
export function plainStatementAt(context: RuleContext, spot: Spot): Statement | undefined {
  const statement = statementAt(context, spot);
  if (!statement) return undefined;
  const { text, range } = statement;
  const own = text.slice(range.start, range.end);
  return /^[^;{}#]*;$/.test(own) &&
    !/^(?:if|for|while|do|switch|return|else|goto|case|default)\b/.test(own) &&
    isInBlock(text, range.start)
    ? statement
    : undefined;
}

/** True when what starts here stands behind another statement or an opening brace. */
export const isInBlock = (text: string, offset: number): boolean =>
  /[;{}]\s*$/.test(
    withoutComments(text.slice(Math.max(0, offset - 2000), offset)).replace(/^[ \t]*#.*$/gm, ''),
  );

/**
 * True when both offsets stand directly in one block, nothing between them can be jumped to, and no `#if` ends or
 * begins between them.
 */
export function inOneBlock(text: string, from: number, to: number): boolean {
  const between = withoutComments(text.slice(from, to));
  let depth = 0;
  for (const line of between.split('\n')) {
    if (/^\s*#\s*(?:if|elif|else|endif)/.test(line)) return false;
    if (depth === 0 && /^\s*(?:case\b|default\s*:|\w+\s*:(?:[^:]|$))/.test(line)) return false;
    for (const c of line) {
      if (c === '{') depth++;
      else if (c === '}' && --depth < 0) return false;
    }
  }
  return depth === 0;
}

/** True when control may leave between the offsets. */
export const hasJumps = (text: string, from: number, to: number): boolean =>
  /\b(?:return|goto|break|continue|__leave)\b/.test(withoutComments(text.slice(from, to)));

/** Comments, strings and characters as spaces; offsets stay. */
const withoutComments = (text: string): string =>
  text.replace(/\\[^]|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (match) =>
    match.startsWith('\\') ? match : match.replace(/[^\n]/g, ' '),
  );

/**
 * True when a statement names a variable that its function writes, or declares, between two offsets of the file. Writes
 * of `except` do not count: the statement adds to it.
 */
export function usesWrittenBetween(
  context: RuleContext,
  spot: Spot,
  statement: Statement,
  between: TextRange,
  except?: Key,
): boolean {
  const fn = context.driver.functionOf(spot);
  const start = fn?.flow.fact.range.start ?? 0;
  const own = statement.text.slice(statement.range.start, statement.range.end);
  const words = new Set(own.match(/\b[A-Za-z_]\w*/g));
  const written = new Set<string>();
  for (const { ops } of fn?.flow.graph.blocks ?? []) {
    for (const op of ops) {
      if (op.kind !== 'assign' && op.kind !== 'call') continue;
      if (start + op.range.start < between.start || start + op.range.start >= between.end) continue;
      const keys =
        op.kind === 'assign'
          ? [op.to]
          : op.arguments.flatMap(({ value }) =>
              value.kind === 'address' && !isGlobal(value.key) ? [value.key] : [],
            );
      for (const key of keys)
        if (except === undefined || !isPartOf(key, except)) written.add(nameOf(rootOf(key)));
    }
  }
  return [...words].some((word) => written.has(word));
}

/** Moves a statement, with the comments that belong to it, to the line before another place. */
export function moveBefore({ uri, text, range }: Statement, before: number): FileEdit[] {
  const taken = withComments(text, range);
  const target = aboveHeading(text, before);
  const indent = indentationAt(text, target);
  const own = indentationAt(text, range.start);
  const eol = lineBreak(text);
  const lines = text
    .slice(taken.start, taken.end)
    .split(/\r?\n/)
    .map((line) => indent + (line.startsWith(own) ? line.slice(own.length) : line.trimStart()));
  const edits: TextEdit[] = [
    { range: { start: target, end: target }, newText: lines.map((line) => line + eol).join('') },
    { range: wholeLines(text, taken), newText: '' },
  ];
  return edits.map((edit) => ({ uri, ...edit }));
}

/** A statement with a comment that ends its line, and comment lines directly above. */
function withComments(text: string, range: TextRange): TextRange {
  const end = lineEnd(text, range.end);
  const rest = text.slice(range.end, end);
  const isEnd = isCommentOrNothing(rest);
  const start = lineStart(text, range.start);
  const isOwnLine = text.slice(start, range.start).trim() === '';
  return {
    start: isOwnLine ? aboveComments(text, start) : range.start,
    end: isEnd ? end : range.end,
  };
}

/** Start of the line, or of the comment lines directly above it. */
function aboveComments(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0) {
    const before = lineStart(text, start - 1);
    const line = text.slice(before, start).trim();
    if (line !== '' && isCommentOrNothing(line)) {
      start = before;
      continue;
    }
    if (!line.endsWith('*/')) break;
    const opens = text.lastIndexOf('/*', start);
    const first = lineStart(text, opens);
    if (opens < 0 || text.slice(first, opens).trim() !== '') break;
    start = first;
  }
  return start;
}

/** The same, when an empty line stands between the comment and what it is about. */
function aboveHeading(text: string, offset: number): number {
  const start = aboveComments(text, offset);
  const previous = start === 0 ? 0 : lineStart(text, start - 1);
  if (start === 0 || text.slice(previous, start).trim() !== '') return start;
  const above = aboveComments(text, previous);
  return above < previous ? above : start;
}

/** The range with its line breaks, and with one of two empty lines that would follow each other. */
function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const from = lineStart(text, start);
  if (text.slice(from, start).trim() !== '' || !/^[ \t]*(?:\r?\n|$)/.test(text.slice(end)))
    return { start, end };
  const to = end + (/^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0);
  const isBehindEmpty = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, from));
  const empty = isBehindEmpty ? (/^[ \t]*\r?\n/.exec(text.slice(to))?.[0].length ?? 0) : 0;
  return { start: from, end: to + empty };
}
