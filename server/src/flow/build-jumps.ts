import { childrenOf } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { evaluate } from './build-expressions.ts';
import { statement } from './build-statements.ts';
import { type GraphDraft, rangeOf, temporary } from './graph-draft.ts';

/** Goes on in the block of a label. */
export function startLabel(draft: GraphDraft, name: string): void {
  // Of two labels with one name nobody knows which is meant; to go on at the first would be a loop.
  if (draft.placedLabels.has(name)) draft.isComplete = false;
  else draft.blocks.start(labelBlock(draft, name));
  draft.placedLabels.add(name);
}

/** The block that a label starts, whether a `goto` or the label itself comes first. */
function labelBlock(draft: GraphDraft, name: string): number {
  const known = draft.labels.get(name);
  if (known !== undefined) return known;
  const made = draft.blocks.reserve();
  draft.labels.set(name, made);
  return made;
}

export function gotoStatement(draft: GraphDraft, node: SyntaxNode): void {
  const label = node.childForFieldName('label');
  draft.blocks.add({ kind: 'jump', how: 'goto', range: rangeOf(draft, node) });
  if (label) draft.blocks.goto(labelBlock(draft, label.text));
}

export function breakOrContinue(draft: GraphDraft, node: SyntaxNode): void {
  const isBreak = node.type === 'break_statement';
  const target = draft.targets.at(-1);
  const to = isBreak ? target?.breakTo : target?.continueTo;
  draft.blocks.add({ kind: 'jump', how: isBreak ? 'break' : 'continue', range: rangeOf(draft, node) });
  if (target && to !== undefined) {
    runFinallies(draft, target.finallies);
    draft.blocks.goto(to);
  } else draft.isComplete = false;
}

export function returnStatement(draft: GraphDraft, node: SyntaxNode): void {
  const [value] = childrenOf(node);
  const range = rangeOf(draft, node);
  let expr = value ? evaluate(draft, value) : undefined;
  if (draft.tries.some((one) => one.body) && expr?.kind === 'place') {
    // The value is taken before `__finally` runs and may change the variable.
    const kept = temporary(draft);
    draft.blocks.add({
      kind: 'assign',
      to: kept,
      value: expr,
      target: range,
      range,
      statement: range,
      declares: true,
    });
    expr = { kind: 'place', key: kept };
  }
  draft.blocks.add({ kind: 'jump', how: 'return', range });
  runFinallies(draft, 0);
  draft.blocks.end({ kind: 'return', value: expr, range });
}

export function leaveStatement(draft: GraphDraft, node: SyntaxNode): void {
  const inner = draft.tries.at(-1);
  draft.blocks.add({ kind: 'jump', how: 'leave', range: rangeOf(draft, node) });
  if (inner) draft.blocks.goto(inner.leaveTo);
  else draft.isComplete = false;
}

export function tryStatement(draft: GraphDraft, node: SyntaxNode): void {
  const body = node.childForFieldName('body');
  const clause = childrenOf(node).find((child) => /^seh_(?:except|finally)_clause$/.test(child.type));
  const handler = clause?.childForFieldName('body') ?? undefined;
  const isFinally = clause?.type === 'seh_finally_clause';
  const leaveTo = draft.blocks.reserve();
  const behind = draft.blocks.reserve();
  let caught: number | undefined;
  if (!isFinally && handler) {
    caught = draft.blocks.reserve();
    const inside = draft.blocks.reserve();
    draft.blocks.end({
      kind: 'branch',
      test: { kind: 'unknown' },
      yes: inside,
      no: caught,
      range: rangeOf(draft, node),
      isInverted: false,
    });
    draft.blocks.start(inside);
  }
  draft.tries.push({ body: isFinally ? handler : undefined, leaveTo });
  if (body) statement(draft, body);
  draft.tries.pop();
  draft.blocks.goto(leaveTo);
  draft.blocks.start(leaveTo);
  if (isFinally && handler) statement(draft, handler);
  draft.blocks.goto(behind);
  if (caught !== undefined && handler) {
    draft.blocks.start(caught);
    draft.blocks.add({ kind: 'caught' });
    statement(draft, handler);
    draft.blocks.goto(behind);
  }
  draft.blocks.start(behind);
}

/** Copies of the `__finally` bodies that a jump leaves, innermost first. */
function runFinallies(draft: GraphDraft, keep: number): void {
  const open = draft.tries.splice(keep);
  for (let i = open.length - 1; i >= 0; i--) {
    const body = open[i]?.body;
    if (body) {
      draft.tries.push(...open.slice(0, i));
      statement(draft, body);
      draft.tries.splice(keep);
    }
  }
  draft.tries.push(...open);
}
