import { Edit, Language, Parser } from 'web-tree-sitter';
import type { Point, Tree } from 'web-tree-sitter';
import { editBetween } from '../text/edit.ts';
import { RuntimeMemory, type RuntimeImports, stackOf, type StackPointer } from './runtime-memory.ts';
import { Grammar, ParseFailure, type Runtime, SyntaxTree } from './tree.ts';

export { ParseFailure } from './tree.ts';
export type { SyntaxNode, SyntaxTree } from './tree.ts';

/** The bytes of the parser's runtime and of the C grammar; who embeds us knows where they are. */
export interface GrammarBytes {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

export interface SyntaxParser {
  /** Parses a masked text. The caller owns the tree and must delete it; `previous` is left as it is. */
  parse(masked: string, previous?: SyntaxTree): SyntaxTree;
  /** Parses, lends the tree to `use` and deletes it, whatever happens. */
  withTree<T>(masked: string, use: (tree: SyntaxTree) => T): T;
  /**
   * Puts the runtime back to its start after a trap, or after a stack that was full. All trees of the program are gone.
   */
  recover(): void;
  /** Frees the parser. Trees live on. */
  dispose(): void;
}

/** Starts the wasm runtime (once per program) and makes a parser for C. */
export async function createParser(wasm: GrammarBytes): Promise<SyntaxParser> {
  const { runtime, memory } = await startRuntime(wasm.runtime);
  const language = await Language.load(wasm.grammar);
  const grammar = new Grammar(language, runtime);
  memory.remember();
  return new TreeSitterParser(
    () => {
      const parser = new Parser();
      parser.setLanguage(language);
      return parser;
    },
    grammar,
    memory,
  );
}

interface Started {
  readonly runtime: Runtime;
  readonly memory: RuntimeMemory;
}

/** One for the whole program, as it is in web-tree-sitter. */
let started: Promise<Started> | undefined;

function startRuntime(bytes: Uint8Array): Promise<Started> {
  started ??= (async () => {
    let stack: StackPointer | undefined;
    // The runtime is put into these options. Without `locateFile` a bundle asks for its own address.
    const module = {
      wasmBinary: bytes,
      locateFile: (name: string) => name,
      instantiateWasm(
        imports: WebAssembly.Imports & RuntimeImports,
        done: (instance: unknown, code: unknown) => void,
      ) {
        stack = stackOf(imports);
        const code = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
        done(new WebAssembly.Instance(code, imports), code);
        return {};
      },
    };
    await Parser.init(module);
    if (stack === undefined) throw new Error('the runtime has no stack');
    const runtime = module as unknown as Runtime;
    return { runtime, memory: new RuntimeMemory(runtime, stack) };
  })();
  return started;
}

/** Keeps one native parser, and replaces it when it breaks. Exported for tests. */
export class TreeSitterParser implements SyntaxParser {
  readonly #start: () => Parser;
  readonly #grammar: Grammar;
  readonly #memory: RuntimeMemory;
  #parser: Parser | undefined;
  #generation: number;

  constructor(start: () => Parser, grammar: Grammar, memory: RuntimeMemory) {
    this.#start = start;
    this.#grammar = grammar;
    this.#memory = memory;
    this.#generation = memory.generation;
  }

  parse(masked: string, previous?: SyntaxTree): SyntaxTree {
    const raw = this.#parseTwice(masked, previous);
    return new SyntaxTree(raw, masked, this.#grammar, this.#memory);
  }

  recover(): void {
    this.#memory.restore();
  }

  #parseTwice(masked: string, previous: SyntaxTree | undefined): Tree {
    try {
      return this.#parseOnce(masked, previous?.isAlive === true ? previous : undefined);
    } catch (error) {
      if (!isTrap(error)) throw error;
      this.recover();
    }
    try {
      return this.#parseOnce(masked, undefined);
    } catch (error) {
      this.recover();
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
    if (this.#generation === this.#memory.generation) this.#parser?.delete();
    this.#parser = undefined;
  }

  /** The native parser; another one when the memory of the last is gone. */
  #native(): Parser {
    if (this.#generation !== this.#memory.generation) this.#parser = undefined;
    this.#generation = this.#memory.generation;
    return (this.#parser ??= this.#start());
  }

  #parseOnce(masked: string, previous: SyntaxTree | undefined): Tree {
    const parser = this.#native();
    if (previous === undefined) return orFail(parser.parse(masked));
    if (previous.masked === masked) return previous.raw.copy();
    // `edit` moves the nodes of its tree, so it works on a copy (which shares the memory).
    const base = previous.raw.copy();
    try {
      base.edit(treeEdit(previous.masked, masked));
      return orFail(parser.parse(masked, base));
    } finally {
      // After a trap the memory is put back as a whole.
      base.delete();
    }
  }
}

function orFail(tree: Tree | null): Tree {
  if (tree === null) throw new ParseFailure('the parser gave no tree');
  return tree;
}

/** Wasm traps, aborts of the runtime, which are errors of the same class, and a stack that is full. */
export function isTrap(error: unknown): boolean {
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
