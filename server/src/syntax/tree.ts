/* oxlint-disable no-underscore-dangle -- these are the runtime's own names */
/**
 * Trees of the parser as plain objects. A node of web-tree-sitter is a handle: each look at its type, place or children
 * crosses into WebAssembly, and that once cost more than the parsing. Here a tree is copied out in one pass, bodies of
 * functions only when somebody looks into them.
 */
import type { Language, Tree } from 'web-tree-sitter';
import type { RuntimeMemory } from './runtime-memory.ts';

/** The parser broke on a text, twice. The text is not analysed; other texts are not affected. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
}

/**
 * What we call of the parser's runtime by its own names: its public cursor moves its state in and out of WebAssembly
 * at each step, which takes four times as long. `test/syntax/tree.test.ts` compares both, for the day of an update.
 */
export interface Runtime {
  readonly HEAP32: Int32Array;
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(address: number): void;
  _ts_init(): number;
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_wasm(tree: number): void;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
  _ts_node_has_error_wasm(tree: number): number;
  _ts_node_is_extra_wasm(tree: number): number;
}

/** The kinds of nodes and fields of a language. */
export class Grammar {
  readonly types: readonly string[];
  readonly isNamed: readonly boolean[];
  readonly fields: ReadonlyMap<string, number>;
  readonly runtime: Runtime;
  /** Index of the integers through which the runtime is handed a node or a cursor, and hands them back. */
  readonly buffer: number;

  constructor(language: Language, runtime: Runtime) {
    const count = language.nodeTypeCount;
    this.types = Array.from({ length: count }, (_, id) => language.nodeTypeForId(id) ?? '');
    this.isNamed = Array.from({ length: count }, (_, id) => language.nodeTypeIsNamed(id));
    this.fields = new Map(
      Array.from({ length: language.fieldCount + 1 }, (_, id): [string, number] => [
        language.fieldNameForId(id) ?? '',
        id,
      ]),
    );
    this.runtime = runtime;
    this.buffer = runtime._ts_init() >> 2;
  }
}

const NO_CHILDREN: SyntaxNode[] = [];
/** The parser's number for an error. */
const ERROR_ID = 65535;
/** Integers of a cursor and of a node in the buffer. */
const CURSOR_SIZE = 4;
const NODE_SIZE = 5;

/** A node of a tree. It may outlive its tree, except for bodies that nobody has looked into. */
export class SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly parent: SyntaxNode | null;
  readonly isNamed: boolean;
  /** Comments, and errors that the parser skipped. */
  readonly isExtra: boolean;
  readonly isMissing: boolean;
  readonly #tree: SyntaxTree;
  readonly #field: number;
  #children: SyntaxNode[] = NO_CHILDREN;
  /** The body of a function that nobody has looked into, as the parser knows it. */
  #unread: Int32Array | undefined;
  #named: readonly SyntaxNode[] | undefined;
  #hasError: boolean;

  constructor(
    tree: SyntaxTree,
    parent: SyntaxNode | null,
    type: string,
    startIndex: number,
    endIndex: number,
    field: number,
    isNamed: boolean,
    isExtra: boolean,
    isMissing: boolean,
  ) {
    this.#tree = tree;
    this.parent = parent;
    this.type = type;
    this.startIndex = startIndex;
    this.endIndex = endIndex;
    this.#field = field;
    this.isNamed = isNamed;
    this.isExtra = isExtra;
    this.isMissing = isMissing;
    this.#hasError = isMissing || type === 'ERROR';
  }

  get isError(): boolean {
    return this.type === 'ERROR';
  }

  /** True when there is an error or a missing node in it. */
  get hasError(): boolean {
    return this.#hasError;
  }

  /** The masked text of the node. */
  get text(): string {
    return this.#tree.masked.slice(this.startIndex, this.endIndex);
  }

  get children(): readonly SyntaxNode[] {
    if (this.#unread) {
      const body = this.#unread;
      this.#unread = undefined;
      this.#tree.copy(body, this);
    }
    return this.#children;
  }

  get namedChildren(): readonly SyntaxNode[] {
    if (this.#named) return this.#named;
    const { children } = this;
    return (this.#named = children.every((child) => child.isNamed)
      ? children
      : children.filter((child) => child.isNamed));
  }

  child(index: number): SyntaxNode | null {
    return this.children[index] ?? null;
  }

  childForFieldName(name: string): SyntaxNode | null {
    // What an error holds has no names of its own, but those of what it could have become.
    if (this.isError) return null;
    const field = this.#tree.grammar.fields.get(name);
    for (const child of this.children) if (child.#field === field) return child;
    return null;
  }

  childrenForFieldName(name: string): SyntaxNode[] {
    const field = this.#tree.grammar.fields.get(name);
    return this.children.filter((child) => child.#field === field);
  }

  /** For the copying: the next child. */
  add(child: SyntaxNode): void {
    if (this.#children === NO_CHILDREN) this.#children = [child];
    else this.#children.push(child);
    if (child.#hasError) this.markError();
  }

  /** For the copying: there is an error in it, and so in all nodes around it. */
  markError(): void {
    this.#hasError = true;
    for (let at = this.parent; at && !at.#hasError; at = at.parent) at.#hasError = true;
  }

  /** For the copying: the children are left for later. */
  leave(body: Int32Array): void {
    this.#unread = body;
  }
}

/** The tree of one masked text. The owner must delete it. */
export class SyntaxTree {
  readonly masked: string;
  /** The parser's own tree, to parse the next version from. */
  readonly raw: Tree;
  readonly grammar: Grammar;
  #root: SyntaxNode | undefined;

  readonly #memory: RuntimeMemory;
  readonly #generation: number;

  constructor(raw: Tree, masked: string, grammar: Grammar, memory: RuntimeMemory) {
    this.raw = raw;
    this.masked = masked;
    this.grammar = grammar;
    this.#memory = memory;
    this.#generation = memory.generation;
  }

  /** False when the parser broke since, and everything that it held is gone. */
  get isAlive(): boolean {
    return this.#generation === this.#memory.generation;
  }

  get root(): SyntaxNode {
    if (this.#root) return this.#root;
    if (!this.isAlive) throw new ParseFailure('the parser broke while the tree was read');
    const { runtime, buffer } = this.grammar;
    const { type, startIndex, endIndex, isNamed } = this.raw.rootNode;
    const root = new SyntaxNode(this, null, type, startIndex, endIndex, 0, isNamed, false, false);
    runtime._ts_tree_root_node_wasm(this.#address);
    this.copy(runtime.HEAP32.slice(buffer, buffer + NODE_SIZE), root);
    return (this.#root = root);
  }

  /** Looks into the bodies of functions, also of one in another, so that all nodes outlive the tree. */
  readBodies(): void {
    const todo = [this.root];
    for (let node = todo.pop(); node; node = todo.pop()) for (const child of node.children) todo.push(child);
  }

  /** Where the tree is in the runtime's memory; 0 when it is deleted. */
  get #address(): number {
    return (this.raw as unknown as { readonly 0: number })[0];
  }

  /** Copies what is below a node of the parser, but for the bodies of functions. */
  copy(node: Int32Array, into: SyntaxNode): void {
    if (!this.isAlive) throw new ParseFailure('the parser broke while the tree was read');
    const tree = this.#address;
    if (tree === 0) throw new Error('the tree is deleted, and this body was not looked into before');
    const { runtime, buffer, types, isNamed } = this.grammar;
    runtime.HEAP32.set(node, buffer);
    runtime._ts_tree_cursor_new_wasm(tree);
    let parent = into;
    if (!runtime._ts_tree_cursor_goto_first_child_wasm(tree)) {
      runtime._ts_tree_cursor_delete_wasm(tree);
      return;
    }
    for (;;) {
      const id = runtime._ts_tree_cursor_current_node_type_id_wasm(tree);
      const type = id === ERROR_ID ? 'ERROR' : (types[id] ?? '');
      const start = runtime._ts_tree_cursor_start_index_wasm(tree);
      const end = runtime._ts_tree_cursor_end_index_wasm(tree);
      const field = runtime._ts_tree_cursor_current_field_id_wasm(tree);
      const isMissing = start === end && runtime._ts_tree_cursor_current_node_is_missing_wasm(tree) === 1;
      const isBody = type === 'compound_statement' && parent.type === 'function_definition';
      const known = isBody || id === ERROR_ID ? this.#current() : undefined;
      const isExtra = type === 'comment' || (id === ERROR_ID && known?.isExtra === true);
      const named = id === ERROR_ID || isNamed[id] === true;
      const child = new SyntaxNode(this, parent, type, start, end, field, named, isExtra, isMissing);
      if (isBody && known) {
        child.leave(known.node);
        if (known.hasError) child.markError();
      }
      parent.add(child);
      if (!isBody && runtime._ts_tree_cursor_goto_first_child_wasm(tree)) {
        parent = child;
        continue;
      }
      while (!runtime._ts_tree_cursor_goto_next_sibling_wasm(tree)) {
        if (parent === into) {
          runtime._ts_tree_cursor_delete_wasm(tree);
          return;
        }
        runtime._ts_tree_cursor_goto_parent_wasm(tree);
        parent = parent.parent as SyntaxNode;
      }
    }
  }

  /** The node at the cursor, which stays in the buffer. */
  #current(): { node: Int32Array; hasError: boolean; isExtra: boolean } {
    const { runtime, buffer } = this.grammar;
    const tree = this.#address;
    const cursor = runtime.HEAP32.slice(buffer, buffer + CURSOR_SIZE);
    runtime._ts_tree_cursor_current_node_wasm(tree);
    const node = runtime.HEAP32.slice(buffer, buffer + NODE_SIZE);
    const hasError = runtime._ts_node_has_error_wasm(tree) === 1;
    runtime.HEAP32.set(node, buffer);
    const isExtra = runtime._ts_node_is_extra_wasm(tree) === 1;
    runtime.HEAP32.set(cursor, buffer);
    return { node, hasError, isExtra };
  }

  delete(): void {
    if (!this.isAlive) return;
    try {
      this.raw.delete();
    } catch {
      this.#memory.restore();
    }
  }
}
