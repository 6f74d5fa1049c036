import { calleeNode, callArguments, strip } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { expandMacro, returnedValue } from './build-calls.ts';
import { effect, evaluate } from './build-expressions.ts';
import type { Test } from './graph.ts';
import { DEPTH_LIMIT, type GraphDraft, rangeOf } from './graph-draft.ts';

/** Evaluates a test and goes on in one of two blocks; no block is open afterwards. */
export function branchOnCondition(
  draft: GraphDraft,
  node: SyntaxNode,
  then: number,
  otherwise: number,
): void {
  if (++draft.depth > DEPTH_LIMIT) {
    draft.isComplete = false;
    draft.depth--;
    draft.blocks.goto(otherwise);
    return;
  }
  conditionByKind(draft, strip(node), then, otherwise);
  draft.depth--;
}

function conditionByKind(draft: GraphDraft, node: SyntaxNode, then: number, otherwise: number): void {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.type;
  if (node.type === 'unary_expression' && operator === '!') {
    const inner = node.childForFieldName('argument');
    if (inner) {
      draft.isFlipped = !draft.isFlipped;
      branchOnCondition(draft, inner, otherwise, then);
      draft.isFlipped = !draft.isFlipped;
      return;
    }
  }
  if (node.type === 'comma_expression' && left && right) {
    effect(draft, left);
    return branchOnCondition(draft, right, then, otherwise);
  }
  if (node.type === 'binary_expression' && left && right) {
    if (operator === '&&' || operator === '||') {
      const next = draft.blocks.reserve();
      if (operator === '&&') branchOnCondition(draft, left, next, otherwise);
      else branchOnCondition(draft, left, then, next);
      draft.blocks.start(next);
      return branchOnCondition(draft, right, then, otherwise);
    }
    if (operator === '==' || operator === '!=') {
      const test = equality(draft, left, right);
      return operator === '=='
        ? branchOnTest(draft, node, test, then, otherwise)
        : branchOnTest(draft, node, test, otherwise, then, true);
    }
    if (operator === '>=' || operator === '<') {
      const value = evaluate(draft, left);
      const limit = evaluate(draft, right);
      if (limit.kind === 'number' && limit.value === 0) {
        const test: Test = { kind: 'success', of: value, byMacro: false };
        return operator === '>='
          ? branchOnTest(draft, node, test, then, otherwise)
          : branchOnTest(draft, node, test, otherwise, then, true);
      }
      return branchOnTest(draft, node, { kind: 'unknown' }, then, otherwise);
    }
  }
  if (node.type === 'call_expression') {
    const callee = calleeNode(node);
    const tested = callee && draft.know.statusTest(callee.text);
    const [status] = callArguments(node);
    if (tested && status) {
      const test: Test = { kind: 'success', of: evaluate(draft, status), byMacro: true };
      return tested === 'success'
        ? branchOnTest(draft, node, test, then, otherwise)
        : branchOnTest(draft, node, test, otherwise, then, true);
    }
    if (callee) {
      let done = false;
      const found = expandMacro(draft, node, 'value', (root) => {
        const value = returnedValue(root);
        if (!value) return;
        branchOnCondition(draft, value, then, otherwise);
        done = true;
      });
      if (found && done) return;
    }
  }
  const value = evaluate(draft, node);
  branchOnTest(draft, node, { kind: 'truth', of: value }, then, otherwise);
}

function equality(draft: GraphDraft, left: SyntaxNode, right: SyntaxNode): Test {
  const a = evaluate(draft, left);
  const b = evaluate(draft, right);
  // `(flags & F) == F` asks for the bit.
  for (const [place, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const bit =
      other.kind === 'name'
        ? other.name
        : other.kind === 'number' && other.value !== 0
          ? `${other.value}`
          : '';
    if (place.kind === 'place' && bit !== '' && place.key.endsWith(`&${bit}`))
      return { kind: 'truth', of: place };
  }
  return { kind: 'equal', left: a, right: b };
}

function branchOnTest(
  draft: GraphDraft,
  node: SyntaxNode,
  test: Test,
  then: number,
  otherwise: number,
  isInverted = false,
): void {
  const decided = decide(test);
  if (decided === undefined) {
    draft.blocks.end({
      kind: 'branch',
      test,
      yes: then,
      no: otherwise,
      range: rangeOf(draft, node),
      isInverted: draft.macroUse ? isInverted !== draft.isFlipped : isInverted,
    });
  } else draft.blocks.goto(decided ? then : otherwise);
}

/** Tests that the text itself decides: `while (FALSE)`, `if (1)`. */
function decide(test: Test): boolean | undefined {
  if (test.kind === 'truth' && test.of.kind === 'number') return test.of.value !== 0;
  if (test.kind === 'truth' && test.of.kind === 'address') return true;
  if (test.kind === 'equal' && test.left.kind === 'number' && test.right.kind === 'number') {
    return test.left.value === test.right.value;
  }
  return undefined;
}
