import { Edit, Language, Parser } from 'web-tree-sitter';
import type { Node, Point, Tree } from 'web-tree-sitter';
import { editBetween } from '../text/edit.ts';

export type { Tree } from 'web-tree-sitter';
/** A node of a tree. Valid only until its tree is deleted: never keep one. */
export type SyntaxNode = Node;

/** The bytes of the parser's runtime and of the C grammar; who embeds us knows where they are. */
export interface GrammarBytes {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** The parser broke on a text, twice. The text is not analysed; other texts are not affected. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
}

/** A text and its tree, from which a new version is parsed faster. */
export interface Parsed {
  readonly masked: string;
  readonly tree: Tree;
}

export interface SyntaxParser {
  /** Parses a masked text. The caller owns the tree and must delete it; `previous` is left as it is. */
  parse(masked: string, previous?: Parsed): Tree;
  /** Parses, lends the tree to `use` and deletes it, whatever happens. */
  withTree<T>(masked: string, use: (tree: Tree) => T): T;
  /** Frees the parser. Trees live on. */
  dispose(): void;
}

/** Starts the wasm runtime (once per program) and makes a parser for C. */
export async function createParser(wasm: GrammarBytes): Promise<SyntaxParser> {
  // With the bytes at hand nothing is located; without `locateFile` a bundle asks for its own address.
  await Parser.init({ wasmBinary: wasm.runtime, locateFile: (name: string) => name });
  const language = await Language.load(wasm.grammar);
  return new TreeSitterParser(() => {
    const parser = new Parser();
    parser.setLanguage(language);
    return parser;
  });
}

/** Keeps one native parser, and replaces it when it breaks. Exported for tests. */
export class TreeSitterParser implements SyntaxParser {
  readonly #start: () => Parser;
  #parser: Parser | undefined;

  constructor(start: () => Parser) {
    this.#start = start;
  }

  parse(masked: string, previous?: Parsed): Tree {
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

  withTree<T>(masked: string, use: (tree: Tree) => T): T {
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

  #parseOnce(masked: string, previous: Parsed | undefined): Tree {
    const parser = (this.#parser ??= this.#start());
    if (previous === undefined) return orFail(parser.parse(masked));
    if (previous.masked === masked) return previous.tree.copy();
    // `edit` moves the nodes of its tree, so it works on a copy (which shares the memory).
    const base = previous.tree.copy();
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
