import type { SyntaxNode } from '../syntax/parser.ts';
import { statement } from './build-statements.ts';
import type { Expr, FunctionGraph, Key } from './graph.ts';
import { isBroken, newDraft, rangeOf } from './graph-draft.ts';

/** A function with more blocks is unknown: nobody could follow its ways, and looking at them takes too long. */
const BLOCK_LIMIT = 8000;

/** What the builder must be told about names; who asks knows the file's declarations and the catalogue. */
export interface NameKnowledge {
  /** The root of a declared variable's key; undefined for any other name. */
  readonly variable: (name: string) => Key | undefined;
  readonly isFunction: (name: string) => boolean;
  /** A constant expression's value: a number, or the name of a constant. */
  readonly constant: (node: SyntaxNode) => Expr | undefined;
  /** How a macro or function of one status tests it. */
  readonly statusTest: (callee: string) => 'success' | 'failure' | undefined;
  /** Runs `use` on the expansion of a macro call; false when it is none, or one that hides nothing. */
  readonly expand: (
    call: SyntaxNode,
    form: 'statement' | 'value',
    use: (root: SyntaxNode) => void,
  ) => boolean;
  /** Enclosing undecided `#if` branches, outermost first. */
  readonly branchesAt: (offset: number) => readonly BuildBranch[];
}

/** One branch of an undecided `#if` group. */
export interface BuildBranch {
  /** Same for all branches of a group. */
  readonly group: number;
  readonly branch: number;
  /** Conditions of the group's branches in order; undefined for `#else`. */
  readonly conditions: readonly (string | undefined)[];
}

/**
 * Turns a function's body into a graph. The node must be alive; nothing of it is kept. Each kind of C has its file:
 * `build-statements.ts`, `build-jumps.ts`, `build-conditions.ts`, `build-expressions.ts`, `build-calls.ts`,
 * `build-places.ts`.
 */
export function buildGraph(
  body: SyntaxNode,
  functionStart: number,
  parameters: readonly string[],
  names: NameKnowledge,
): FunctionGraph {
  const draft = newDraft(functionStart, names);
  statement(draft, body);
  const leaving = { kind: 'return', value: undefined, range: rangeOf(draft, body, true) } as const;
  draft.blocks.end(leaving);
  const blocks = draft.blocks.finish();
  const isTooLarge = blocks.length > BLOCK_LIMIT;
  return {
    blocks: isTooLarge ? [{ ops: [], next: leaving }] : blocks,
    parameters,
    calls: draft.calls,
    names: draft.names,
    globals: draft.globals,
    isComplete: draft.isComplete && !isTooLarge && !isBroken(body),
  };
}
