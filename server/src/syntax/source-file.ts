import type { MaskWords } from '../catalog/entry.ts';
import { LineIndex } from '../text/line-index.ts';
import type { TextRange } from '../text/range.ts';
import { fragmentOf } from './fragments.ts';
import { decideBranches, type BranchTable } from './conditionals.ts';
import { scanDirectives, type Directives } from './directives.ts';
import { maskText } from './mask.ts';
import type { Pieces } from './mask-pieces.ts';
import { checkTree } from './nesting.ts';
import type { SyntaxNode, SyntaxParser, SyntaxTree } from './parser.ts';

export type Language = 'c' | 'cpp';

export interface SourceInput {
  readonly uri: string;
  readonly text: string;
  readonly language: Language;
  /** Names and values from settings, command line and project. */
  readonly defines: ReadonlyMap<string, string>;
  readonly words: MaskWords;
  /** Of this text, when somebody has scanned it before. */
  readonly directives?: Directives;
}

/** One version of one file. Whoever opens it must dispose of it, and no node may be used after that. */
export class SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly directives: Directives;
  readonly branches: BranchTable;
  readonly masked: string;
  /** Regions kept from one branch of an undecided `#if`, though another may be compiled. */
  readonly assumed: readonly TextRange[];
  /** What was masked, for the next version. */
  readonly pieces: Pieces;
  readonly language: Language;
  readonly #parser: SyntaxParser;
  readonly words: MaskWords;
  #tree: SyntaxTree | undefined;

  constructor(
    input: SourceInput,
    parser: SyntaxParser,
    parts: {
      readonly directives: Directives;
      readonly branches: BranchTable;
      readonly masked: string;
      readonly assumed: readonly TextRange[];
      readonly pieces: Pieces;
      readonly tree: SyntaxTree;
    },
  ) {
    this.uri = input.uri;
    this.text = input.text;
    this.language = input.language;
    this.lines = new LineIndex(input.text);
    this.directives = parts.directives;
    this.branches = parts.branches;
    this.masked = parts.masked;
    this.assumed = parts.assumed;
    this.pieces = parts.pieces;
    this.#tree = parts.tree;
    this.#parser = parser;
    this.words = input.words;
  }

  get tree(): SyntaxTree {
    if (this.#tree === undefined) throw new Error(`${this.uri} is disposed of`);
    return this.#tree;
  }

  get root(): SyntaxNode {
    return this.tree.root;
  }

  /** True when the range shows what the author wrote and no part of it is blanked or assumed. */
  isAuthored(span: TextRange): boolean {
    if (overlapsAny(this.assumed, span)) return false;
    if (span.start >= span.end) return true;
    const text = this.text.slice(span.start, span.end);
    if (text === this.masked.slice(span.start, span.end)) return true;
    // Comments are blanked too, and they are the author's.
    const comments = this.directives.comments;
    let next = firstEndingAfter(comments, span.start);
    for (let i = span.start; i < span.end; i++) {
      const comment = comments[next]?.range;
      if (comment !== undefined && i >= comment.start) {
        i = Math.max(i, comment.end - 1);
        next++;
      } else if (this.text.charCodeAt(i) !== this.masked.charCodeAt(i)) return false;
    }
    return true;
  }

  /** The tree of a piece of text that stands nowhere in the file, such as the expansion of a macro. */
  fragment(text: string): SyntaxNode {
    return fragmentOf(this.#parser, text, this.words, { cplusplus: this.language === 'cpp' });
  }

  dispose(): void {
    this.#tree?.delete();
    this.#tree = undefined;
  }
}

/**
 * Reads, masks and parses a text; from the previous version of the same file when there is one, which stays open.
 * Throws NestedTooDeeply.
 */
export function openSource(parser: SyntaxParser, input: SourceInput, previous?: SourceFile): SourceFile {
  const options = { cplusplus: input.language === 'cpp' };
  const directives = input.directives ?? scanDirectives(input.text);
  const branches = decideBranches(directives, input.defines, options);
  const { masked, assumed, pieces, mayBeDeep } = maskText(
    input.text,
    directives,
    branches,
    input.words,
    options,
    previous?.words === input.words ? previous.pieces : undefined,
  );
  const tree = parser.parse(masked, previous?.tree);
  try {
    if (mayBeDeep) checkTree(tree);
  } catch (error) {
    tree.delete();
    throw error;
  }
  return new SourceFile(input, parser, { directives, branches, masked, assumed, pieces, tree });
}

/** True when the span shares a character with one of the ranges, or, being empty, lies inside one. */
function overlapsAny(ranges: readonly TextRange[], span: TextRange): boolean {
  return ranges.some(
    (one) => one.start < Math.max(span.end, span.start + 1) && span.start < one.end && span.end > one.start,
  );
}

function firstEndingAfter(items: readonly { readonly range: TextRange }[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.range.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
