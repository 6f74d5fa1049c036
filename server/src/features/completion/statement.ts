import type { TextRange } from '../../text/range.ts';
import type { Cursor } from '../cursor.ts';

/** Control statements whose closing parenthesis a statement may follow. */
const CONTROL = new Set(['if', 'while', 'for', 'switch']);
const BEFORE_STATEMENT = new Set([';', '{', '}']);

/** A statement that is half written, with what the one before it lacks. */
export interface HalfStatement extends TextRange {
  /** Closes the statement before it, whose end somebody forgot. */
  readonly closing: string;
}

/** True when a statement of a function begins with this token. */
export const startsStatement = (cursor: Cursor, index: number): boolean =>
  closingBefore(cursor, index) !== undefined;

/** What is missing in front of a token that begins a statement: mostly nothing. Undefined when it begins none. */
function closingBefore(cursor: Cursor, index: number): string | undefined {
  const { around, open } = cursor;
  const block = open.findLast((one) => cursor.textOf(one) === '{');
  if (!around || block === undefined || isInitialiser(cursor, block)) return undefined;
  const before = index - 1;
  const text = cursor.textOf(before);
  const parentheses = open.length - 1 - open.indexOf(block);
  if (parentheses === 0) {
    if (before === block || BEFORE_STATEMENT.has(text) || text === 'else' || text === 'do') return '';
    if (text === ':') return isLabel(cursor, before) ? '' : undefined;
    const opened = text === ')' ? cursor.partnerOf(before) : undefined;
    if (opened !== undefined && CONTROL.has(cursor.textOf(opened - 1))) return '';
  }
  // What follows a whole expression on a line of its own is a statement of its own.
  const isWhole = text === ')' || text === ']' || cursor.isLiteral(before) || cursor.isWord(before);
  return isWhole && isFirstOfLine(cursor, index) ? `${')'.repeat(parentheses)};` : undefined;
}

/** True when `a.b = 1, a.c` leads to this token: assignments joined by a comma. */
export const followsComma = (cursor: Cursor, index: number): boolean =>
  cursor.around !== undefined &&
  cursor.textOf(index - 1) === ',' &&
  cursor.textOf(cursor.open.at(-1) ?? 0) === '{' &&
  !isInitialiser(cursor, cursor.open.at(-1) ?? 0);

/** A brace that opens the values of a variable, or a nested list of them. */
export function isInitialiser(cursor: Cursor, brace: number): boolean {
  const before = cursor.textOf(brace - 1);
  if (before === '=') return true;
  if (before === ')') {
    // `(TYPE){ .Member = 1 }`
    const open = cursor.partnerOf(brace - 1);
    return (
      open !== undefined && brace - 1 - open <= 3 && !cursor.isWord(open - 1) && cursor.around?.open !== brace
    );
  }
  const outer = cursor.open[cursor.open.indexOf(brace) - 1];
  return (before === '{' || before === ',') && outer !== undefined && isInitialiser(cursor, outer);
}

function isFirstOfLine(cursor: Cursor, index: number): boolean {
  return /[\r\n]/.test(
    cursor.text.slice(cursor.endOf(index - 1), Math.min(cursor.startOf(index), cursor.word.start)),
  );
}

/** A colon behind `case X`, `default` or a label, not that of `?:`. */
function isLabel(cursor: Cursor, colon: number): boolean {
  for (let i = colon - 1; i >= 0; i--) {
    const text = cursor.textOf(i);
    if (text === '?') return false;
    if (text === 'case' || text === 'default' || BEFORE_STATEMENT.has(text) || text === ':') return true;
  }
  return true;
}

/**
 * The half-written statement that begins with a token: to its semicolon, to what closes its parentheses, or to the end
 * of its line. What stands behind that belongs to somebody else.
 */
export function statementFrom(cursor: Cursor, index: number): HalfStatement {
  const start = Math.min(cursor.startOf(index), cursor.word.start);
  let end = cursor.word.end;
  for (let i = cursor.at; i < cursor.size; i++) {
    if (cursor.startOf(i) < end) continue;
    const text = cursor.textOf(i);
    if (text === '{' || text === '}' || /[\r\n]/.test(cursor.text.slice(end, cursor.startOf(i)))) break;
    end = cursor.endOf(i);
    if (text === ';') break;
  }
  return { start, end, closing: closingBefore(cursor, index) ?? '' };
}

/** What stands on the line behind the word, up to the end of the block. */
export function restOfLine(cursor: Cursor): string {
  const rest = /^[^\r\n}]*/.exec(cursor.text.slice(cursor.word.end))?.[0] ?? '';
  return rest.split(/\/[/*]/)[0] ?? ''.trim();
}
