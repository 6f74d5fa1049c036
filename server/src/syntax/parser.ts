import { Edit, Language, Parser } from 'web-tree-sitter';
import type { Point, Tree } from 'web-tree-sitter';
import { editBetween } from '../text/edit.ts';
import { Grammar, type Runtime, SyntaxTree } from './tree.ts';

export type { SyntaxNode, SyntaxTree } from './tree.ts';

/** The bytes of the parser's runtime and of the C grammar; who embeds us knows where they are. */
export interface GrammarBytes {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** The parser broke on a text, twice. The text is not analysed; other texts are not affected. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
}

export interface SyntaxParser {
  /** Parses a masked text. The caller owns the tree and must delete it; `previous` is left as it is. */
  parse(masked: string, previous?: SyntaxTree): SyntaxTree;
  /** Parses, lends the tree to `use` and deletes it, whatever happens. */
  withTree<T>(masked: string, use: (tree: SyntaxTree) => T): T;
  /** Frees the parser. Trees live on. */
  dispose(): void;
}

/** Starts the wasm runtime (once per program) and makes a parser for C. */
export async function createParser(wasm: GrammarBytes): Promise<SyntaxParser> {
  // With the bytes at hand nothing is located; without `locateFile` a bundle asks for its own address.
  const module = { wasmBinary: wasm.runtime, locateFile: (name: string) => name };
  await Parser.init(module);
  // The runtime is put into the options of the first start, and later ones get the same.
  runtime ??= module as unknown as Runtime;
  const language = await Language.load(wasm.grammar);
  const grammar = new Grammar(language, runtime);
  return new TreeSitterParser(() => {
    const parser = new Parser();
    parser.setLanguage(language);
    return parser;
  }, grammar);
}

/** One for the whole program, as it is in web-tree-sitter. */
let runtime: Runtime | undefined;

/** Keeps one native parser, and replaces it when it breaks. Exported for tests. */
export class TreeSitterParser implements SyntaxParser {
  readonly #start: () => Parser;
  readonly #grammar: Grammar;
  #parser: Parser | undefined;

  constructor(start: () => Parser, grammar: Grammar) {
    this.#start = start;
    this.#grammar = grammar;
  }

  parse(masked: string, previous?: SyntaxTree): SyntaxTree {
    return new SyntaxTree(this.#parseTwice(masked, previous), masked, this.#grammar);
  }

  #parseTwice(masked: string, previous: SyntaxTree | undefined): Tree {
    try {
      return this.#parseOnce(masked, previous);
    } catch (error) {
      if (!isTrap(error)) throw error;
      // What the parser held may be damaged: it is left to the collector, not freed.
      this.#parser = undefined;
    }
    try {
      return this.#parseOnce(masked, undefined);
    } catch (error) {
      this.#parser = undefined;
      throw new ParseFailure('the parser failed twice on this text', { cause: error });
    }
  }

  withTree<T>(masked: string, use: (tree: SyntaxTree) => T): T {
    const tree = this.parse(masked);
    try {
      return use(tree);
    } finally {
      tree.delete();
    }
  }

  dispose(): void {
    this.#parser?.delete();
    this.#parser = undefined;
  }

  #parseOnce(masked: string, previous: SyntaxTree | undefined): Tree {
    const parser = (this.#parser ??= this.#start());
    if (previous === undefined) return orFail(parser.parse(masked));
    if (previous.masked === masked) return previous.raw.copy();
    // `edit` moves the nodes of its tree, so it works on a copy (which shares the memory).
    const base = previous.raw.copy();
    try {
      base.edit(treeEdit(previous.masked, masked));
      return orFail(parser.parse(masked, base));
    } finally {
      base.delete();
    }
  }
}

function orFail(tree: Tree | null): Tree {
  if (tree === null) throw new ParseFailure('the parser gave no tree');
  return tree;
}

/** Wasm traps, and aborts of the runtime, which are errors of the same class. */
function isTrap(error: unknown): boolean {
  // WebAssembly is not in TypeScript's plain library, and both hosts we run in have it.
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}

/** The edit between two masked texts: a changed `#define` may unmask text far from the author's edit. */
function treeEdit(before: string, after: string): Edit {
  const { range, newText } = editBetween(before, after);
  const startPosition = pointAt(before, 0, range.start, { row: 0, column: 0 });
  return new Edit({
    startIndex: range.start,
    oldEndIndex: range.end,
    newEndIndex: range.start + newText.length,
    startPosition,
    oldEndPosition: pointAt(before, range.start, range.end, startPosition),
    newEndPosition: pointAt(after, range.start, range.start + newText.length, startPosition),
  });
}

/** The parser's position of `to`, counted on from a known one. Its lines end at `\n` only. */
function pointAt(text: string, from: number, to: number, start: Point): Point {
  let row = start.row;
  let lineStart = from - start.column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: to - lineStart };
}
