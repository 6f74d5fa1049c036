import type { TextRange } from '../text/range.ts';
import {
  BACKSLASH,
  CR,
  LF,
  continuationAt,
  endOfBlockComment,
  endOfLineComment,
  endOfNumber,
  endOfQuoted,
  endOfRawString,
  isBlankCode,
  isDigitCode,
  startOfWord,
} from './lexer.ts';

/** One branch of one `#if` group, by index into `Directives.conditionals` and the group's `branches`. */
export interface BranchRef {
  readonly group: number;
  readonly branch: number;
}

export interface Include {
  readonly path: string;
  /** True for `"x.h"`, false for `<x.h>` and for a macro. */
  readonly quoted: boolean;
  readonly range: TextRange;
  readonly branch: BranchRef | undefined;
}

export interface Define {
  readonly name: string;
  /** Only for a macro with parameters, even if it has none between its parentheses. */
  readonly parameters?: readonly string[];
  /** Replacement text: comments and continuations removed, blanks collapsed at both ends. */
  readonly body: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  /** Innermost branch the directive stands in. */
  readonly branch: BranchRef | undefined;
}

export interface Undefine {
  readonly name: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly branch: BranchRef | undefined;
}

export interface Pragma {
  /** Without `#pragma`. */
  readonly text: string;
  readonly range: TextRange;
  readonly branch: BranchRef | undefined;
}

export interface Comment {
  /** With its delimiters. */
  readonly text: string;
  readonly range: TextRange;
  readonly kind: 'line' | 'block';
}

export type BranchKind = 'if' | 'ifdef' | 'ifndef' | 'elif' | 'elifdef' | 'elifndef' | 'else';

export interface ConditionalBranch {
  readonly kind: BranchKind;
  /** Text of the condition; for `ifdef` and its like the name; empty for `else`. */
  readonly condition: string;
  /** The directive line. */
  readonly directive: TextRange;
  /** From behind the directive to the next directive of the group, or the text's end. */
  readonly body: TextRange;
}

export interface ConditionalGroup {
  readonly branches: readonly ConditionalBranch[];
  /** The branch that this group stands in. */
  readonly parent: BranchRef | undefined;
  /** The `#endif`; undefined when the text ends before one. */
  readonly endif: TextRange | undefined;
  /** From `#if` to the end of `#endif`. */
  readonly range: TextRange;
}

/** A directive in text order. `index` points into the array that its keyword belongs to. */
export interface DirectiveLine {
  readonly keyword: string;
  readonly range: TextRange;
  readonly what: 'include' | 'define' | 'undef' | 'pragma' | 'branch' | 'endif' | 'other';
  /** Index into `includes`, `defines`, ...; for `branch` and `endif` into `conditionals`. */
  readonly index: number;
  /** For `branch`: index into the group's branches. */
  readonly branch: number;
}

/** Everything a text says to the preprocessor, and its comments. */
export interface Directives {
  readonly includes: readonly Include[];
  readonly defines: readonly Define[];
  readonly undefs: readonly Undefine[];
  readonly pragmas: readonly Pragma[];
  /** In the order of their `#if`; nesting is told by `parent`. */
  readonly conditionals: readonly ConditionalGroup[];
  readonly comments: readonly Comment[];
  /** All directives, unbalanced and unknown ones included. */
  readonly lines: readonly DirectiveLine[];
}

interface OpenBranch {
  kind: BranchKind;
  condition: string;
  directive: TextRange;
  body: TextRange;
}

interface OpenGroup {
  index: number;
  branches: OpenBranch[];
  parent: BranchRef | undefined;
}

const HASH = 35;
const SLASH = 47;
const STAR = 42;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Finds directives and comments in one pass. Knows strings, comments, continuations and all line breaks.
 * Unbalanced text is tolerated: a stray `#endif` or `#else` is an ordinary line, an open `#if` ends with the text.
 */
export function scanDirectives(text: string): Directives {
  const includes: Include[] = [];
  const defines: Define[] = [];
  const undefs: Undefine[] = [];
  const pragmas: Pragma[] = [];
  const conditionals: ConditionalGroup[] = [];
  const comments: Comment[] = [];
  const lines: DirectiveLine[] = [];
  const open: OpenGroup[] = [];

  const innermost = (): BranchRef | undefined => {
    const group = open.at(-1);
    return group === undefined ? undefined : { group: group.index, branch: group.branches.length - 1 };
  };

  const addComment = (start: number, kind: 'line' | 'block'): number => {
    const end = kind === 'line' ? endOfLineComment(text, start) : endOfBlockComment(text, start);
    comments.push({ text: text.slice(start, end), range: { start, end }, kind });
    return end;
  };

  /** Ends the branch that is open and, for `#endif`, the group. */
  const closeBranch = (group: OpenGroup, at: number): void => {
    const last = group.branches.at(-1);
    if (last !== undefined) last.body = { start: last.body.start, end: at };
  };
  const closeGroup = (group: OpenGroup, endif: TextRange | undefined): void => {
    closeBranch(group, endif?.start ?? text.length);
    conditionals[group.index] = {
      branches: group.branches,
      parent: group.parent,
      endif,
      range: { start: group.branches[0]?.directive.start ?? 0, end: endif?.end ?? text.length },
    };
  };

  /** Reads the directive whose `#` stands at `start`; returns the offset behind it. */
  const readDirective = (start: number): number => {
    let i = start + 1;
    // Text of the line without comments and continuations, and the offset of each of its pieces.
    const pieces: { readonly at: number; readonly text: string }[] = [];
    let pieceStart = i;
    const endPiece = (at: number): void => {
      if (at > pieceStart) pieces.push({ at: pieceStart, text: text.slice(pieceStart, at) });
    };
    while (i < text.length) {
      const code = text.charCodeAt(i);
      if (code === LF || code === CR) break;
      const continuation = continuationAt(text, i);
      if (continuation > 0) {
        endPiece(i);
        i += continuation;
        pieceStart = i;
      } else if (code === SLASH && text.charCodeAt(i + 1) === SLASH) {
        endPiece(i);
        i = addComment(i, 'line');
        pieceStart = i;
      } else if (code === SLASH && text.charCodeAt(i + 1) === STAR) {
        endPiece(i);
        i = addComment(i, 'block');
        pieces.push({ at: i, text: ' ' });
        pieceStart = i;
      } else if (code === QUOTE || code === APOSTROPHE) {
        i = Math.max(i + 1, endOfQuoted(text, i));
      } else {
        i++;
      }
    }
    endPiece(i);
    const range: TextRange = { start, end: i };
    const content = pieces.map((piece) => piece.text).join('');
    const offsetOf = (at: number): number => {
      let rest = at;
      for (const piece of pieces) {
        if (rest < piece.text.length) return piece.at + rest;
        rest -= piece.text.length;
      }
      return i;
    };
    const match = /^[ \t\v\f]*([A-Za-z_]\w*)?/.exec(content);
    const keyword = match?.[1] ?? '';
    const argument = content.slice(match?.[0].length ?? 0);
    const argumentAt = content.length - argument.length;
    addDirective(keyword, argument, argumentAt, range, offsetOf);
    return i;
  };

  const addDirective = (
    keyword: string,
    argument: string,
    argumentAt: number,
    range: TextRange,
    offsetOf: (at: number) => number,
  ): void => {
    const line = (what: DirectiveLine['what'], index: number, branch = 0): void => {
      lines.push({ keyword, range, what, index, branch });
    };
    const name = (): { name: string; nameRange: TextRange; rest: string } | undefined => {
      const match = /^\s*([A-Za-z_$\u00c0-\uffff][\w$\u00c0-\uffff]*)/.exec(argument);
      const word = match?.[1];
      if (match === null || word === undefined) return undefined;
      const at = offsetOf(argumentAt + match[0].length - word.length);
      return {
        name: word,
        nameRange: { start: at, end: at + word.length },
        rest: argument.slice(match[0].length),
      };
    };

    switch (keyword) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        const index = conditionals.length;
        const branch: OpenBranch = {
          kind: keyword,
          condition: argument.trim(),
          directive: range,
          body: { start: range.end, end: text.length },
        };
        const group: OpenGroup = { index, branches: [branch], parent: innermost() };
        conditionals.push({ branches: group.branches, parent: group.parent, endif: undefined, range });
        open.push(group);
        line('branch', index);
        return;
      }
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else': {
        const group = open.at(-1);
        if (group === undefined) break;
        closeBranch(group, range.start);
        group.branches.push({
          kind: keyword,
          condition: keyword === 'else' ? '' : argument.trim(),
          directive: range,
          body: { start: range.end, end: text.length },
        });
        line('branch', group.index, group.branches.length - 1);
        return;
      }
      case 'endif': {
        const group = open.pop();
        if (group === undefined) break;
        closeGroup(group, range);
        line('endif', group.index);
        return;
      }
      case 'include':
      case 'import':
      case 'include_next': {
        const match = /^\s*(?:"([^"]*)"|<([^>]*)>|(\S+))/.exec(argument);
        if (match === null) break;
        includes.push({
          path: match[1] ?? match[2] ?? match[3] ?? '',
          quoted: match[1] !== undefined,
          range,
          branch: innermost(),
        });
        line('include', includes.length - 1);
        return;
      }
      case 'define': {
        const named = name();
        if (named === undefined) break;
        const { parameters, body } = readMacro(named.rest);
        defines.push({
          name: named.name,
          ...(parameters === undefined ? {} : { parameters }),
          body,
          range,
          nameRange: named.nameRange,
          branch: innermost(),
        });
        line('define', defines.length - 1);
        return;
      }
      case 'undef': {
        const named = name();
        if (named === undefined) break;
        undefs.push({ name: named.name, range, nameRange: named.nameRange, branch: innermost() });
        line('undef', undefs.length - 1);
        return;
      }
      case 'pragma':
        pragmas.push({ text: argument.trim(), range, branch: innermost() });
        line('pragma', pragmas.length - 1);
        return;
    }
    line('other', 0);
  };

  /** True when nothing but blanks and comments is in front of an offset on its line; continuations join lines. */
  const startsLine = (offset: number): boolean => {
    let comment = comments.length - 1;
    for (let at = offset; at > 0;) {
      const before = comments[comment]?.range;
      if (before?.end === at) {
        at = before.start;
        comment--;
        continue;
      }
      const code = text.charCodeAt(at - 1);
      if (isBlankCode(code)) at--;
      else if (code === LF || code === CR) {
        const start = code === LF && text.charCodeAt(at - 2) === CR ? at - 2 : at - 1;
        if (text.charCodeAt(start - 1) !== BACKSLASH) return true;
        at = start - 1;
      } else return false;
    }
    return true;
  };

  // Most of a text is code that says nothing here: only the characters that may begin something are looked for.
  const slashes = new Finder(text, '/');
  const quotes = new Finder(text, '"');
  const apostrophes = new Finder(text, "'");
  const hashes = new Finder(text, '#');
  for (let i = 0; ;) {
    i = Math.min(slashes.from(i), quotes.from(i), apostrophes.from(i), hashes.from(i));
    if (i >= text.length) break;
    const code = text.charCodeAt(i);
    const next = code === SLASH ? text.charCodeAt(i + 1) : 0;
    if (next === SLASH) i = addComment(i, 'line');
    else if (next === STAR) i = addComment(i, 'block');
    else if (code === HASH && startsLine(i)) i = readDirective(i);
    else if (code === QUOTE) i = endOfRawString(text, startOfWord(text, i), i) ?? endOfQuoted(text, i);
    else if (code === APOSTROPHE) {
      const word = startOfWord(text, i);
      // It may part the digits of a number.
      const number = isDigitCode(text.charCodeAt(word)) ? endOfNumber(text, word) : 0;
      i = number > i ? number : endOfQuoted(text, i);
    } else i++;
  }
  for (let group = open.pop(); group !== undefined; group = open.pop()) closeGroup(group, undefined);
  return { includes, defines, undefs, pragmas, conditionals, comments, lines };
}

/** Finds a character again and again, from left to right. */
class Finder {
  readonly #text: string;
  readonly #wanted: string;
  #next = -1;

  constructor(text: string, wanted: string) {
    this.#text = text;
    this.#wanted = wanted;
  }

  /** Where it is next, at an offset or behind it; the text's end when it is nowhere. */
  from(offset: number): number {
    if (this.#next < offset) {
      const found = this.#text.indexOf(this.#wanted, offset);
      this.#next = found < 0 ? this.#text.length : found;
    }
    return this.#next;
  }
}

/** Splits what follows a macro's name into parameters, if `(` follows directly, and replacement text. */
function readMacro(rest: string): { parameters?: string[]; body: string } {
  if (!rest.startsWith('(')) return { body: rest.trim() };
  const close = rest.indexOf(')');
  if (close < 0) return { body: rest.trim() };
  const inside = rest.slice(1, close).trim();
  const parameters = inside === '' ? [] : inside.split(',').map((parameter) => parameter.trim());
  return { parameters, body: rest.slice(close + 1).trim() };
}
