import { childrenOf, strip } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { branchOnCondition } from './build-conditions.ts';
import { effect, evaluate } from './build-expressions.ts';
import type { BuildBranch } from './build-graph.ts';
import {
  breakOrContinue,
  gotoStatement,
  leaveStatement,
  returnStatement,
  startLabel,
  tryStatement,
} from './build-jumps.ts';
import type { Expr } from './graph.ts';
import { DEPTH_LIMIT, type GraphDraft, rangeOf, UNKNOWN } from './graph-draft.ts';

/** Follows a statement from the open block on. */
export function statement(draft: GraphDraft, node: SyntaxNode): void {
  if (++draft.depth > DEPTH_LIMIT) {
    draft.isComplete = false;
    draft.depth--;
    return;
  }
  if (!draft.macroUse) draft.statementRange = rangeOf(draft, node);
  statementByKind(draft, node);
  draft.depth--;
}

function statementByKind(draft: GraphDraft, node: SyntaxNode): void {
  switch (node.type) {
    case 'compound_statement':
      sequence(draft, childrenOf(node), draft.know.branchesAt(node.startIndex).length);
      return;
    case 'expression_statement': {
      const [inner] = childrenOf(node);
      if (inner) effect(draft, inner);
      return;
    }
    case 'declaration':
      declaration(draft, node);
      return;
    case 'if_statement':
      ifStatement(draft, node);
      return;
    case 'while_statement':
    case 'do_statement':
    case 'for_statement':
      loop(draft, node);
      return;
    case 'switch_statement':
      switchStatement(draft, node);
      return;
    case 'case_statement': // outside a switch: a broken text
      for (const child of childrenOf(node)) statement(draft, child);
      return;
    case 'labeled_statement': {
      const label = node.childForFieldName('label');
      if (label) startLabel(draft, label.text);
      for (const child of childrenOf(node)) if (child !== label) statement(draft, child);
      return;
    }
    case 'attributed_statement':
      for (const child of childrenOf(node)) statement(draft, child);
      return;
    case 'goto_statement':
      gotoStatement(draft, node);
      return;
    case 'break_statement':
    case 'continue_statement':
      breakOrContinue(draft, node);
      return;
    case 'return_statement':
      returnStatement(draft, node);
      return;
    case 'seh_try_statement':
      tryStatement(draft, node);
      return;
    case 'seh_leave_statement':
      leaveStatement(draft, node);
      return;
    default:
      // Types, empty statements, preprocessor remnants. A nested function or an error is not understood.
      if (node.type === 'ERROR') draft.isComplete = false;
      else if (node.type.endsWith('_expression')) effect(draft, node);
  }
}

/** Statements in order; those of undecided `#if` branches become alternatives. */
function sequence(draft: GraphDraft, nodes: readonly SyntaxNode[], outer: number): void {
  if (draft.macroUse) {
    for (const node of nodes) statement(draft, node);
    return;
  }
  for (let i = 0; i < nodes.length;) {
    const node = nodes[i] as SyntaxNode;
    const at = draft.know.branchesAt(node.startIndex)[outer];
    if (!at) {
      statement(draft, node);
      i++;
      continue;
    }
    const arms: SyntaxNode[][] = at.conditions.map(() => []);
    for (; i < nodes.length; i++) {
      const next = nodes[i] as SyntaxNode;
      const branch = draft.know.branchesAt(next.startIndex)[outer];
      if (branch?.group !== at.group) break;
      arms[branch.branch]?.push(next);
    }
    alternatives(draft, at.conditions, arms, outer + 1);
  }
}

function alternatives(
  draft: GraphDraft,
  conditions: BuildBranch['conditions'],
  arms: readonly (readonly SyntaxNode[])[],
  outer: number,
): void {
  const behind = draft.blocks.reserve();
  conditions.forEach((condition, index) => {
    const rest = draft.blocks.reserve();
    if (condition !== undefined) {
      const arm = draft.blocks.reserve();
      const negated = condition.startsWith('!');
      draft.blocks.end({
        kind: 'branch',
        test: { kind: 'build', condition: negated ? condition.slice(1) : condition },
        yes: negated ? rest : arm,
        no: negated ? arm : rest,
        range: draft.statementRange,
        isInverted: negated,
      });
      draft.blocks.start(arm);
    }
    sequence(draft, arms[index] ?? [], outer);
    draft.blocks.goto(behind);
    draft.blocks.start(rest);
  });
  draft.blocks.goto(behind);
  draft.blocks.start(behind);
}

function declaration(draft: GraphDraft, node: SyntaxNode): void {
  for (const child of node.childrenForFieldName('declarator')) {
    if (!child) continue;
    const value = child.type === 'init_declarator' ? child.childForFieldName('value') : null;
    let at: SyntaxNode | null = child;
    while (at && at.type !== 'identifier') {
      at =
        at.childForFieldName('declarator') ??
        childrenOf(at).find((inner) => /declarator|identifier/.test(inner.type)) ??
        null;
    }
    if (!at || child.type === 'function_declarator') continue;
    const key = draft.know.variable(at.text);
    if (key === undefined) continue;
    const range = rangeOf(draft, child);
    // A static local keeps its value; its initialiser does not run here.
    if (key.includes('::')) continue;
    const list = value?.type === 'initializer_list' ? value : undefined;
    const isZeroed = list !== undefined && /^\{(?:[\s{},0]|NULL|FALSE|nullptr)*\}$/.test(list.text);
    const expr = value && !list ? evaluate(draft, value) : UNKNOWN;
    if (list) nestedCalls(draft, list);
    draft.blocks.add({
      kind: 'assign',
      to: key,
      value: isZeroed ? { kind: 'number', value: 0 } : expr,
      target: rangeOf(draft, at),
      range,
      statement: draft.statementRange,
      declares: true,
    });
  }
}

/** Calls inside an initialiser list run, though their values are not followed. */
function nestedCalls(draft: GraphDraft, list: SyntaxNode): void {
  for (const child of childrenOf(list)) {
    const value = child.type === 'initializer_pair' ? child.childForFieldName('value') : child;
    if (!value) continue;
    if (value.type === 'initializer_list') nestedCalls(draft, value);
    else evaluate(draft, value);
  }
}

function ifStatement(draft: GraphDraft, node: SyntaxNode): void {
  const condition = node.childForFieldName('condition');
  const consequence = node.childForFieldName('consequence');
  const alternative = node.childForFieldName('alternative');
  const then = draft.blocks.reserve();
  const otherwise = draft.blocks.reserve();
  const behind = alternative ? draft.blocks.reserve() : otherwise;
  if (condition) branchOnCondition(draft, condition, then, otherwise);
  else draft.isComplete = false;
  draft.blocks.start(then);
  if (consequence) statement(draft, consequence);
  draft.blocks.goto(behind);
  if (alternative) {
    draft.blocks.start(otherwise);
    for (const child of childrenOf(alternative)) statement(draft, child);
    draft.blocks.goto(behind);
  }
  draft.blocks.start(behind);
}

function loop(draft: GraphDraft, node: SyntaxNode): void {
  const condition = node.childForFieldName('condition');
  const body = node.childForFieldName('body');
  const initializer = node.childForFieldName('initializer');
  const update = node.childForFieldName('update');
  if (initializer?.type === 'declaration') statement(draft, initializer);
  else if (initializer) effect(draft, initializer);
  const head = draft.blocks.reserve();
  const inside = draft.blocks.reserve();
  const step = draft.blocks.reserve();
  const behind = draft.blocks.reserve();
  const target = { breakTo: behind, continueTo: step, finallies: draft.tries.length };
  draft.blocks.goto(node.type === 'do_statement' ? inside : head);
  draft.blocks.start(head);
  if (condition) branchOnCondition(draft, condition, inside, behind);
  else draft.blocks.goto(inside); // for (;;)
  draft.blocks.start(inside);
  draft.targets.push(target);
  if (body) statement(draft, body);
  draft.targets.pop();
  draft.blocks.goto(step);
  draft.blocks.start(step);
  if (update) effect(draft, update);
  draft.blocks.goto(head);
  draft.blocks.start(behind);
}

function switchStatement(draft: GraphDraft, node: SyntaxNode): void {
  const condition = node.childForFieldName('condition');
  const body = node.childForFieldName('body');
  const on = condition ? evaluate(draft, condition) : UNKNOWN;
  const behind = draft.blocks.reserve();
  const cases: { values: Expr[]; to: number }[] = [];
  let otherwise = behind;
  const children = body ? childrenOf(body) : [];
  const starts = new Map<SyntaxNode, number>();
  for (const child of children) {
    if (child.type !== 'case_statement') continue;
    const to = draft.blocks.reserve();
    starts.set(child, to);
    const value = child.childForFieldName('value');
    if (value) cases.push({ values: [draft.know.constant(value) ?? named(value)], to });
    else otherwise = to;
  }
  draft.blocks.end({ kind: 'switch', on, cases, otherwise, range: draft.statementRange });
  // `continue` in a switch belongs to the loop around it.
  draft.targets.push({
    breakTo: behind,
    continueTo: draft.targets.at(-1)?.continueTo,
    finallies: draft.tries.length,
  });
  for (const child of children) {
    const to = starts.get(child);
    if (to === undefined) {
      statement(draft, child);
      continue;
    }
    draft.blocks.start(to);
    const value = child.childForFieldName('value');
    const inner = childrenOf(child).filter((one) => one !== value);
    sequence(draft, inner, draft.know.branchesAt(child.startIndex).length);
  }
  draft.targets.pop();
  draft.blocks.goto(behind);
  draft.blocks.start(behind);
}

function named(node: SyntaxNode): Expr {
  const inner = strip(node);
  return inner.type === 'identifier' ? { kind: 'name', name: inner.text } : UNKNOWN;
}
