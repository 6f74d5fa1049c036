import type { TextRange } from '../text/range.ts';
import { PUNCTUATION, WORD, type Tokens } from './lexer.ts';

/** Tokens of a text that is being masked. */
export interface Live extends Tokens {
  readonly text: string;
}

/** Text of a token; empty behind the last and before the first. */
export function tokenText(tokens: Live, index: number): string {
  const start = tokens.start[index];
  return start === undefined ? '' : tokens.text.slice(start, tokens.end[index]);
}

/** The character of a punctuation token, 0 for every other. */
export function punctuation(tokens: Live, index: number): number {
  return tokens.kind[index] === PUNCTUATION ? tokens.text.charCodeAt(tokens.start[index] ?? 0) : 0;
}

export function isWord(tokens: Live, index: number): boolean {
  return tokens.kind[index] === WORD;
}

/** The tokens whose flag is not set. */
export function liveTokens(tokens: Live, gone: Uint8Array): Live {
  const kind: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  for (let i = 0; i < tokens.kind.length; i++) {
    if (gone[i] === 1) continue;
    kind.push(tokens.kind[i] ?? 0);
    start.push(tokens.start[i] ?? 0);
    end.push(tokens.end[i] ?? 0);
  }
  return { text: tokens.text, kind, start, end };
}

export const PAREN = 40;
export const CLOSE_PAREN = 41;
export const BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const BRACE = 123;
export const CLOSE_BRACE = 125;
export const SEMICOLON = 59;
export const COMMA = 44;
export const COLON = 58;
export const EQUALS = 61;
export const DOT = 46;
export const STAR = 42;

/**
 * Index of each bracket's partner, -1 without one. A closing brace closes what was left open inside it; a
 * closing parenthesis without partner is ignored.
 */
export function matchBrackets(tokens: Live): Int32Array {
  const partner = new Int32Array(tokens.kind.length).fill(-1);
  const open: number[] = [];
  const braces: number[] = [];
  for (let i = 0; i < tokens.kind.length; i++) {
    const code = punctuation(tokens, i);
    if (code === PAREN || code === BRACKET) open.push(i);
    else if (code === BRACE) {
      braces.push(open.length);
      open.push(i);
    } else if (code === CLOSE_PAREN || code === CLOSE_BRACKET) {
      const top = open.at(-1);
      if (top === undefined || punctuation(tokens, top) !== (code === CLOSE_PAREN ? PAREN : BRACKET))
        continue;
      open.pop();
      partner[top] = i;
      partner[i] = top;
    } else if (code === CLOSE_BRACE) {
      const depth = braces.pop();
      if (depth === undefined) continue;
      const brace = open[depth];
      open.length = depth;
      if (brace === undefined) continue;
      partner[brace] = i;
      partner[i] = brace;
    }
  }
  return partner;
}

/** What an open bracket holds. */
export type Role = 'paren' | 'block' | 'initializer' | 'enum' | 'members';

/** What a brace opens, told by the kept token before it and the bracket around it. */
export function roleOfBrace(tokens: Live, before: number, around: Role | undefined): Role {
  const code = punctuation(tokens, before);
  if (code === EQUALS) return 'initializer';
  if (
    (around === 'initializer' || around === 'paren') &&
    (code === COMMA || code === BRACE || code === PAREN)
  ) {
    return 'initializer';
  }
  if (around === 'initializer' && code === CLOSE_PAREN) return 'initializer';
  // `enum {`, `struct NAME {`, `class NAME : public BASE {`
  for (let i = before; i > before - 8 && i >= 0; i--) {
    if (isWord(tokens, i)) {
      const word = tokenText(tokens, i);
      if (word === 'enum') return 'enum';
      if (word === 'struct' || word === 'union' || word === 'class') return 'members';
    } else if (punctuation(tokens, i) !== COLON) break;
  }
  return 'block';
}

/** A text in the making: ranges to blank and single replacements, applied at the end. */
export class Canvas {
  readonly text: string;
  readonly #blanks: TextRange[] = [];
  /** Replacements of equal length, for blanks or blanked text. */
  readonly #writes: { readonly start: number; readonly text: string }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  blank(start: number, end: number): void {
    if (start < end) this.#blanks.push({ start, end });
  }

  /** Writes over what stands at `start`, which must be no line break. Wins over blanking. */
  write(start: number, text: string): void {
    this.#writes.push({ start, text });
  }

  finish(): string {
    const text = this.text;
    const parts: string[] = [];
    let at = 0;
    this.#blanks.sort((a, b) => a.start - b.start);
    for (const span of this.#blanks) {
      if (span.end <= at) continue;
      const start = Math.max(span.start, at);
      parts.push(text.slice(at, start), text.slice(start, span.end).replace(/[^\r\n]+/g, spaces));
      at = span.end;
    }
    parts.push(text.slice(at));
    const blanked = parts.join('');
    if (this.#writes.length === 0) return blanked;
    this.#writes.sort((a, b) => a.start - b.start);
    const written: string[] = [];
    at = 0;
    for (const one of this.#writes) {
      if (one.start < at) continue;
      written.push(blanked.slice(at, one.start), one.text);
      at = one.start + one.text.length;
    }
    written.push(blanked.slice(at));
    return written.join('');
  }
}

function spaces(run: string): string {
  return ' '.repeat(run.length);
}

/** Sorted and merged, clipped to the text. */
export function mergeRanges(ranges: TextRange[], length: number): TextRange[] {
  ranges.sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const one of ranges) {
    const last = merged.at(-1);
    const end = Math.min(one.end, length);
    if (last !== undefined && one.start <= last.end) last.end = Math.max(last.end, end);
    else if (one.start < end) merged.push({ start: one.start, end });
  }
  return merged;
}
