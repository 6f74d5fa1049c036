import { scanDirectives } from '../syntax/directives.ts';
import { endOfWord, isDigitCode, isWordCode, LITERAL, tokenize, type Tokens, WORD } from '../syntax/lexer.ts';
import type { TextRange } from '../text/range.ts';

/** What opens and what closes, by its character. */
const CLOSERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Words in front of a parenthesis that make no call of it. */
const KEYWORDS = new Set([
  'if',
  'while',
  'for',
  'switch',
  'return',
  'sizeof',
  'case',
  'else',
  'do',
  'goto',
  'default',
]);

/** How the code reaches a member: `ctx->Chars.` */
export interface Chain {
  /** Names from the variable on, without the one at the cursor. */
  readonly steps: readonly ChainStep[];
  /** Index of its first token. */
  readonly first: number;
  /** A `.` without anything in front: a designator. */
  readonly isDesignator: boolean;
}

export interface ChainStep {
  readonly name: string;
  /** From the chain's start to the end of the step, array indexes included. */
  readonly text: string;
  /** The step is followed by `->`. */
  readonly isPointer: boolean;
}

/** The function that the cursor stands in, as far as tokens tell. */
export interface FunctionAround {
  readonly name: string;
  /** Index of the brace that opens the body. */
  readonly open: number;
  /** Indexes of the parentheses around its parameters. */
  readonly parameters: { readonly open: number; readonly close: number };
}

/**
 * The code around a place where somebody types, read from tokens alone: what stands in front of a cursor is seldom a
 * whole statement, and a tree of it means little. Directives and comments are no tokens.
 */
export class Cursor {
  readonly text: string;
  readonly offset: number;
  /** The word that is typed, with what follows of it behind the cursor; empty when there is none. */
  readonly word: TextRange;
  /** Index of the first token that does not lie in front of the word. */
  readonly at: number;
  /** Indexes of what was opened in front of the word and not closed, the outermost first. */
  readonly open: readonly number[];
  /** Directive lines, in order. */
  readonly lines: readonly TextRange[];
  readonly #tokens: Tokens;
  readonly #partners = new Map<number, number>();
  #around: FunctionAround | undefined | null = null;

  private constructor(
    text: string,
    offset: number,
    word: TextRange,
    tokens: Tokens,
    lines: readonly TextRange[],
  ) {
    this.text = text;
    this.offset = offset;
    this.word = word;
    this.lines = lines;
    this.#tokens = tokens;
    const at = tokens.start.findIndex((start) => start >= word.start);
    this.at = at < 0 ? tokens.start.length : at;
    this.open = this.#openBefore(this.at);
  }

  /**
   * Undefined in comments, literals and numbers, and on the lines of directives, but for the body of a macro when that
   * is asked for.
   */
  static read(text: string, offset: number, inMacros = false): Cursor | undefined {
    const directives = scanDirectives(text);
    for (const { range, kind } of directives.comments) {
      if (range.start >= offset) break;
      // A line comment goes on at its end; a block that is never closed does, too.
      const isOpen = kind === 'line' || !text.startsWith('*/', range.end - 2);
      if (offset < range.end || (offset === range.end && isOpen)) return undefined;
    }
    const lines = directives.lines.map(({ range }) => range);
    const line = lines.find(({ start, end }) => start < offset && offset <= end);
    const comments = directives.comments.map(({ range }) => range);
    const define = line && directives.defines.find(({ range }) => range.start === line.start);
    if (line && !(inMacros && define && offset > define.nameRange.end)) return undefined;
    const word = wordAround(text, offset);
    if (isDigitCode(text.charCodeAt(word.start))) return undefined;
    // In a macro only its own line counts, elsewhere everything but such lines.
    const holes = line
      ? [
          { start: 0, end: define?.nameRange.end ?? line.start },
          { start: line.end, end: text.length },
        ]
      : lines;
    const cursor = new Cursor(text, offset, word, tokenize(text, ordered([...comments, ...holes])), lines);
    return isInLiteral(cursor) ? undefined : cursor;
  }

  get size(): number {
    return this.#tokens.start.length;
  }

  /** What was typed of the word. */
  get prefix(): string {
    return this.text.slice(this.word.start, this.offset);
  }

  startOf(index: number): number {
    return this.#tokens.start[index] ?? this.text.length;
  }

  endOf(index: number): number {
    return this.#tokens.end[index] ?? 0;
  }

  /** Text of a token, empty when there is none. */
  textOf(index: number): string {
    return this.text.slice(this.#tokens.start[index] ?? 0, this.#tokens.end[index] ?? 0);
  }

  isWord(index: number): boolean {
    return this.#tokens.kind[index] === WORD;
  }

  isLiteral(index: number): boolean {
    return this.#tokens.kind[index] === LITERAL;
  }

  /** True when the tokens from an index on are these, with nothing between them. */
  isAt(index: number, punctuation: string): boolean {
    const start = this.startOf(index);
    return (
      this.text.startsWith(punctuation, start) &&
      this.endOf(index + punctuation.length - 1) === start + punctuation.length
    );
  }

  /** A name that a parenthesis behind it makes a call of. */
  isCallee(index: number): boolean {
    return this.isWord(index) && !KEYWORDS.has(this.textOf(index));
  }

  /** Index of what a closing token in front of the word closes. */
  partnerOf(close: number): number | undefined {
    return this.#partners.get(close);
  }

  /** The function around the cursor; undefined at file scope. */
  get around(): FunctionAround | undefined {
    if (this.#around === null) this.#around = this.#functionAround();
    return this.#around;
  }

  /** The chain that ends in front of a token: `ctx->Chars.` in front of the word. */
  chainBefore(end: number): Chain | undefined {
    const names: { readonly name: string; readonly last: number; readonly isPointer: boolean }[] = [];
    let i = end;
    for (;;) {
      const isDot = this.textOf(i - 1) === '.' && this.textOf(i - 2) !== '.';
      const isArrow = !isDot && this.textOf(i - 1) === '>' && this.isAt(i - 2, '->');
      if (!isDot && !isArrow) break;
      i -= isDot ? 1 : 2;
      const last = i - 1;
      while (this.textOf(i - 1) === ']') i = this.partnerOf(i - 1) ?? 0;
      if (!this.isWord(i - 1)) {
        const isDesignator = isDot && names.length === 0 && ['{', ','].includes(this.textOf(i - 1));
        return isDesignator || names.length > 0 ? this.#designated(i, names, isDot) : undefined;
      }
      i--;
      names.unshift({ name: this.textOf(i), last, isPointer: isArrow });
    }
    if (names.length === 0) return undefined;
    return { steps: this.#steps(names, i), first: i, isDesignator: false };
  }

  #designated(
    at: number,
    names: readonly { readonly name: string; readonly last: number; readonly isPointer: boolean }[],
    isDot: boolean,
  ): Chain | undefined {
    // `.Header.Type`: a designator of several names. `f().x` and `(*p).x` begin with no name.
    if (!isDot || !['{', ','].includes(this.textOf(at - 1))) return undefined;
    return { steps: this.#steps(names, at), first: at, isDesignator: true };
  }

  #steps(
    names: readonly { readonly name: string; readonly last: number; readonly isPointer: boolean }[],
    first: number,
  ): ChainStep[] {
    return names.map(({ name, last, isPointer }) => ({
      name,
      isPointer,
      text: this.text.slice(this.startOf(first), this.endOf(last)),
    }));
  }

  /**
   * What is open in front of a token. A semicolon ends the parentheses that somebody forgot to close, and a closing
   * brace what is left open inside it.
   */
  #openBefore(end: number): number[] {
    const open: number[] = [];
    for (let i = 0; i < end; i++) {
      if (this.isWord(i)) continue;
      const character = this.text.charAt(this.startOf(i));
      if (character === '(' || character === '[' || character === '{') open.push(i);
      else if (character === ';') {
        while (open.length > 0 && !this.#holdsSemicolons(open.at(-1) ?? 0)) open.pop();
      } else if (CLOSERS[character] !== undefined) {
        const wanted = CLOSERS[character];
        if (character === '}') while (open.length > 0 && this.textOf(open.at(-1) ?? 0) !== '{') open.pop();
        if (this.textOf(open.at(-1) ?? -1) !== wanted) continue;
        this.#partners.set(i, open.pop() ?? 0);
      }
    }
    return open;
  }

  /** Braces, and the parentheses of a `for`. */
  #holdsSemicolons(index: number): boolean {
    return this.textOf(index) === '{' || this.textOf(index - 1) === 'for';
  }

  #functionAround(): FunctionAround | undefined {
    for (const index of this.open) {
      if (this.textOf(index) !== '{' || this.textOf(index - 1) !== ')') continue;
      const close = index - 1;
      const parameters = this.partnerOf(close);
      if (parameters === undefined || !this.isCallee(parameters - 1)) continue;
      return { name: this.textOf(parameters - 1), open: index, parameters: { open: parameters, close } };
    }
    return undefined;
  }
}

function wordAround(text: string, offset: number): TextRange {
  let start = offset;
  while (start > 0 && isWordCode(text.charCodeAt(start - 1))) start--;
  return { start, end: endOfWord(text, offset) };
}

const ordered = (ranges: readonly TextRange[]): TextRange[] => ranges.toSorted((a, b) => a.start - b.start);

/** A literal goes on behind the offset, or ends there without its quote. */
function isInLiteral(cursor: Cursor): boolean {
  const last = cursor.at - 1;
  if (!cursor.isLiteral(last) || cursor.endOf(last) < cursor.offset) return false;
  return cursor.endOf(last) > cursor.offset || !isClosed(cursor.textOf(last));
}

/** A literal with the quote that it starts with at its end, which no backslash takes away. */
function isClosed(literal: string): boolean {
  const open = literal.search(/["']/);
  const end = literal.length - 1;
  if (open < 0 || end <= open || literal[end] !== literal[open]) return false;
  let slashes = 0;
  while (literal[end - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 0;
}
