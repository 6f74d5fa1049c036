import type { SyntaxNode } from '../syntax/parser.ts';
import type { TextRange } from '../text/range.ts';
import type { NameKnowledge } from './build-graph.ts';
import type { Expr, Key } from './graph.ts';
import { GraphBlocks } from './graph-blocks.ts';

/** A function's graph while it is built, and where in the function the builders are. */
export interface GraphDraft {
  readonly blocks: GraphBlocks;
  readonly calls: Set<string>;
  readonly names: Set<string>;
  readonly globals: Set<Key>;
  isComplete: boolean;
  readonly functionStart: number;
  readonly know: NameKnowledge;
  /** Blocks that labels start, by name. */
  readonly labels: Map<string, number>;
  /** Labels that stand in front of what was read so far. */
  readonly placedLabels: Set<string>;
  /** Loops and switches around the current statement. */
  readonly targets: Target[];
  /** `__finally` bodies around the current statement, and where `__leave` goes. */
  readonly tries: { readonly body: SyntaxNode | undefined; readonly leaveTo: number }[];
  /** Set while a macro's expansion is read: everything in it lies at the macro's use. */
  macroUse: TextRange | undefined;
  /** Inside an expansion: a `!` of the macro turns round what the author's words say. */
  isFlipped: boolean;
  /** The current statement, as the author wrote it. */
  statementRange: TextRange;
  temporaries: number;
  depth: number;
}

interface Target {
  readonly breakTo: number | undefined;
  readonly continueTo: number | undefined;
  /** Number of `__finally` blocks open at the loop or switch: jumps out of more run them. */
  readonly finallies: number;
}

/** Expressions nested deeper than this are no driver source. */
export const DEPTH_LIMIT = 200;

export const UNKNOWN: Expr = { kind: 'unknown' };

export const newDraft = (functionStart: number, know: NameKnowledge): GraphDraft => ({
  blocks: new GraphBlocks(),
  calls: new Set(),
  names: new Set(),
  globals: new Set(),
  isComplete: true,
  functionStart,
  know,
  labels: new Map(),
  placedLabels: new Set(),
  targets: [],
  tries: [],
  macroUse: undefined,
  isFlipped: false,
  statementRange: { start: 0, end: 0 },
  temporaries: 0,
  depth: 0,
});

export function rangeOf(draft: GraphDraft, node: SyntaxNode, atEnd = false): TextRange {
  if (draft.macroUse) return draft.macroUse;
  const end = node.endIndex - draft.functionStart;
  return { start: atEnd ? end - 1 : node.startIndex - draft.functionStart, end };
}

/** A new place for a value that the source keeps nowhere. */
export function temporary(draft: GraphDraft): Key {
  return `$${++draft.temporaries}`;
}

/** A syntax error may hide statements; one inside a single expression only hides its value. */
export function isBroken(root: SyntaxNode): boolean {
  if (!root.hasError) return false;
  const todo: SyntaxNode[] = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node.isError || node.isMissing) {
      const around = node.parent?.type ?? '';
      if (/_statement$|_clause$|_definition$/.test(around) && around !== 'expression_statement') return true;
      if (node.isMissing ? /^[;{}]$/.test(node.type) : /[;{}]/.test(node.text)) return true;
      continue;
    }
    if (node.hasError) for (const child of node.children) if (child) todo.push(child);
  }
  return false;
}
