import { calleeNode, callArguments, childrenOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { evaluate, truthValue } from './build-expressions.ts';
import type { Argument, Expr, Key } from './graph.ts';
import { type GraphDraft, isBroken, rangeOf, temporary, UNKNOWN } from './graph-draft.ts';

/** The value of what looks like a call: it may be a cast, a test of a status or the use of a macro. */
export function callValue(draft: GraphDraft, node: SyntaxNode): Expr {
  const callee = calleeNode(node);
  if (callee && isCast(node)) {
    const [inner] = callArguments(node);
    return inner ? evaluate(draft, inner) : UNKNOWN;
  }
  if (callee && draft.know.statusTest(callee.text)) return truthValue(draft, node);
  if (callee) {
    let value: Expr | undefined;
    const found = expandMacro(draft, node, 'value', (root) => {
      const returned = returnedValue(root);
      if (returned) value = evaluate(draft, returned);
    });
    if (found && value) return value;
  }
  return { kind: 'place', key: addCall(draft, node, 'used') };
}

/** A call as an operation; its result's place. */
export function addCall(draft: GraphDraft, node: SyntaxNode, use: 'ignored' | 'discarded' | 'used'): Key {
  const callee = calleeNode(node);
  const name = callee && draft.know.variable(callee.text) === undefined ? callee.text : undefined;
  if (name === undefined) {
    const target = node.childForFieldName('function');
    if (target) evaluate(draft, target);
  } else draft.calls.add(name);
  const args: Argument[] = callArguments(node).map((argument) => ({
    value: evaluate(draft, argument),
    range: rangeOf(draft, argument),
  }));
  const result = temporary(draft);
  draft.blocks.add({
    kind: 'call',
    result,
    callee: name,
    arguments: args,
    range: rangeOf(draft, node),
    nameRange: rangeOf(draft, callee ?? node),
    statement: draft.statementRange,
    use,
    inMacro: draft.macroUse !== undefined,
  });
  return result;
}

/** Runs `use` on the expansion of a macro call, all of which lies at the call; false when there is none. */
export function expandMacro(
  draft: GraphDraft,
  call: SyntaxNode,
  form: 'statement' | 'value',
  use: (root: SyntaxNode) => void,
): boolean {
  const outer = draft.macroUse;
  const wasFlipped = draft.isFlipped;
  return draft.know.expand(call, form, (root) => {
    draft.macroUse = outer ?? rangeOf(draft, call);
    if (!outer) draft.isFlipped = false;
    if (isBroken(root)) draft.isComplete = false;
    use(root);
    draft.macroUse = outer;
    draft.isFlipped = wasFlipped;
  });
}

/** The value of the fragment `{ return VALUE; }`. */
export function returnedValue(root: SyntaxNode): SyntaxNode | undefined {
  const [statement] = childrenOf(root);
  return statement?.type === 'return_statement' ? childrenOf(statement)[0] : undefined;
}

/** `(TYPE)(x)` looks like a call to the grammar. */
const isCast = (call: SyntaxNode): boolean =>
  call.childForFieldName('function')?.type === 'parenthesized_expression';
