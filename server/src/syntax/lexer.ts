/**
 * The lexical rules of C that the directive scanner and the mask share. All functions look at one text from
 * one offset and return the offset behind what they read; none goes back, so a scan is linear.
 */

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const BACKSLASH = 92;
const ZERO = 48;
const QUOTE = 34;

/** Letters, digits, `_`, `$` and everything past ASCII. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= ZERO && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code >= 0xc0
  );
}

export function isDigitCode(code: number): boolean {
  return code >= ZERO && code <= 57;
}

/** Space, tab, vertical tab, form feed, no-break space and byte order mark; no line break. */
export function isBlankCode(code: number): boolean {
  return code === 32 || code === TAB || code === 11 || code === 12 || code === 0xa0 || code === 0xfeff;
}

/** Length of the line break at an offset, 0 when there is none. */
export function lineBreakAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === LF) return 1;
  if (code === CR) return text.charCodeAt(at + 1) === LF ? 2 : 1;
  return 0;
}

/** Length of a backslash and the line break behind it, 0 when there is none. */
export function continuationAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) return 0;
  const length = lineBreakAt(text, at + 1);
  return length === 0 ? 0 : 1 + length;
}

/** End of the comment that opens with two slashes at `at`, before its line break. */
export function endOfLineComment(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === LF || code === CR) return i;
    i += code === BACKSLASH ? continuationAt(text, i) || 1 : 1;
  }
  return i;
}

/** End of the block comment that opens at `at`; the text's end when it is never closed. */
export function endOfBlockComment(text: string, at: number): number {
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? text.length : close + 2;
}

/** End of a string or character literal. One that is not closed ends with its line, so that damage stays local. */
export function endOfQuoted(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  let i = at + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    if (code === LF || code === CR) return i;
    if (code === BACKSLASH) {
      const continuation = continuationAt(text, i);
      i += continuation === 0 ? 2 : continuation;
      continue;
    }
    i++;
  }
  return text.length;
}

/** Behind an identifier. */
export function endOfWord(text: string, at: number): number {
  let i = at;
  while (i < text.length && isWordCode(text.charCodeAt(i))) i++;
  return i;
}

/** Where the identifier or number that ends at an offset begins; the offset when there is none. */
export function startOfWord(text: string, end: number): number {
  let i = end;
  while (i > 0 && isWordCode(text.charCodeAt(i - 1))) i--;
  return i;
}

/** Behind a number: digits, letters, dots, C++ digit separators, and signs of exponents. */
export function endOfNumber(text: string, at: number): number {
  let i = at;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (isWordCode(code) || code === 46) {
      i++;
      const sign = text.charCodeAt(i);
      // `1e+5`, `0x1p-3`; in `0xE+1` the sign is an operator.
      if (sign !== 43 && sign !== 45) continue;
      const hex = text.charCodeAt(at) === ZERO && (text.charCodeAt(at + 1) | 32) === 120;
      const lower = code | 32;
      if (lower === 112 || (lower === 101 && !hex)) i++;
      continue;
    }
    if (code === 39 && isWordCode(text.charCodeAt(i + 1)) && isWordCode(text.charCodeAt(i - 1))) {
      i++;
      continue;
    }
    break;
  }
  return i;
}

/**
 * End of a C++ raw string whose quote stands at `at`, when the word before the quote is `R` or a prefixed `R`;
 * undefined when this is no raw string.
 */
export function endOfRawString(text: string, wordStart: number, at: number): number | undefined {
  if (text.charCodeAt(at) !== QUOTE || text.charCodeAt(at - 1) !== 82) return undefined;
  const prefix = text.slice(wordStart, at - 1);
  if (prefix !== '' && prefix !== 'L' && prefix !== 'u' && prefix !== 'U' && prefix !== 'u8')
    return undefined;
  const open = text.indexOf('(', at + 1);
  if (open < 0 || open - at > 17) return undefined;
  const delimiter = text.slice(at + 1, open);
  if (/[\s\\)"]/.test(delimiter)) return undefined;
  const close = text.indexOf(`)${delimiter}"`, open + 1);
  return close < 0 ? undefined : close + delimiter.length + 2;
}

/** Kinds of tokens. A punctuation token is one character. */
export const WORD = 1;
export const NUMBER = 2;
export const LITERAL = 3;
export const PUNCTUATION = 4;

/** Tokens in order, as parallel arrays: files have hundreds of thousands of them. */
export interface Tokens {
  readonly kind: number[];
  readonly start: number[];
  readonly end: number[];
}

/** Reads the tokens of a text, leaving out the given ranges, which must be in order and must not overlap. */
export function tokenize(
  text: string,
  skip: readonly { readonly start: number; readonly end: number }[],
): Tokens {
  const kind: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  let next = 0;
  let i = 0;
  while (i < text.length) {
    const hole = skip[next];
    if (hole !== undefined && i >= hole.start) {
      i = Math.max(i, hole.end);
      next++;
      continue;
    }
    const code = text.charCodeAt(i);
    if (code === LF || code === CR || isBlankCode(code)) {
      i++;
      continue;
    }
    const from = i;
    let tokenKind = PUNCTUATION;
    if (isDigitCode(code) || (code === 46 && isDigitCode(text.charCodeAt(i + 1)))) {
      tokenKind = NUMBER;
      i = endOfNumber(text, i);
    } else if (isWordCode(code)) {
      tokenKind = WORD;
      i = endOfWord(text, i);
      const raw = endOfRawString(text, from, i);
      if (raw !== undefined) {
        tokenKind = LITERAL;
        i = raw;
      } else if (i - from <= 2 && isPrefix(text, from, i)) {
        tokenKind = LITERAL;
        i = endOfQuoted(text, i);
      }
    } else if (code === QUOTE || code === 39) {
      tokenKind = LITERAL;
      i = endOfQuoted(text, i);
    } else if (code === BACKSLASH && continuationAt(text, i) > 0) {
      i += continuationAt(text, i);
      continue;
    } else {
      i++;
    }
    kind.push(tokenKind);
    start.push(from);
    end.push(i);
  }
  return { kind, start, end };
}

/** True for `L`, `u`, `U` and `u8` directly before a quote. */
function isPrefix(text: string, start: number, end: number): boolean {
  const quote = text.charCodeAt(end);
  if (quote !== QUOTE && quote !== 39) return false;
  const word = text.slice(start, end);
  return word === 'L' || word === 'u' || word === 'U' || word === 'u8';
}
