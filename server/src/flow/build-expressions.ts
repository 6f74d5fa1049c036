import { castAddress, calleeNode, childrenOf, strip } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import { addCall, callValue, expandMacro } from './build-calls.ts';
import { branchOnCondition } from './build-conditions.ts';
import { keyOf } from './build-places.ts';
import { statement } from './build-statements.ts';
import type { Expr, Key } from './graph.ts';
import { DEPTH_LIMIT, type GraphDraft, rangeOf, temporary, UNKNOWN } from './graph-draft.ts';

/** Evaluates an expression whose value nobody wants. */
export function effect(draft: GraphDraft, node: SyntaxNode): void {
  const inner = strip(node);
  if (inner.type === 'comma_expression') {
    const left = inner.childForFieldName('left');
    const right = inner.childForFieldName('right');
    if (left) effect(draft, left);
    if (right) effect(draft, right);
    return;
  }
  if (inner.type === 'call_expression') {
    const discarded = node.type === 'cast_expression' && /^\(\s*void\s*\)/i.test(node.text);
    if (
      calleeNode(inner) &&
      expandMacro(draft, inner, 'statement', (root) => {
        for (const child of childrenOf(root)) statement(draft, child);
      })
    ) {
      return;
    }
    addCall(draft, inner, discarded ? 'discarded' : 'ignored');
    return;
  }
  evaluate(draft, node);
}

/** Evaluates an expression: what it does goes into the open block, its value is the result. */
export function evaluate(draft: GraphDraft, node: SyntaxNode): Expr {
  if (++draft.depth > DEPTH_LIMIT) {
    draft.isComplete = false;
    draft.depth--;
    return UNKNOWN;
  }
  const value = evaluateByKind(draft, node);
  draft.depth--;
  return value;
}

function evaluateByKind(draft: GraphDraft, outer: SyntaxNode): Expr {
  const node = strip(outer);
  const constant = draft.know.constant(node);
  if (constant) {
    if (constant.kind === 'name') draft.names.add(constant.name);
    return constant;
  }
  switch (node.type) {
    case 'identifier':
    case 'field_expression':
    case 'subscript_expression': {
      const key = keyOf(draft, node);
      return key === undefined ? UNKNOWN : { kind: 'place', key };
    }
    case 'pointer_expression': {
      const argument = node.childForFieldName('argument');
      if (!argument) return UNKNOWN;
      if (node.childForFieldName('operator')?.type === '*') {
        const key = keyOf(draft, node);
        return key === undefined ? UNKNOWN : { kind: 'place', key };
      }
      return addressOf(draft, argument);
    }
    case 'assignment_expression':
      return assignment(draft, node);
    case 'update_expression': {
      const argument = node.childForFieldName('argument');
      const key = argument ? keyOf(draft, argument) : undefined;
      if (key === undefined) return UNKNOWN;
      draft.blocks.add({ kind: 'change', of: key });
      // `++count` is the new value; `count++` the old one.
      return node.child(0)?.type === node.childForFieldName('operator')?.type
        ? { kind: 'place', key }
        : UNKNOWN;
    }
    case 'comma_expression': {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (left) effect(draft, left);
      return right ? evaluate(draft, right) : UNKNOWN;
    }
    case 'conditional_expression':
      return choice(draft, node);
    case 'call_expression':
      return callValue(draft, node);
    case 'binary_expression':
      return binary(draft, node);
    case 'unary_expression': {
      const argument = node.childForFieldName('argument');
      if (node.childForFieldName('operator')?.type === '!') return truthValue(draft, node);
      if (argument) evaluate(draft, argument);
      return UNKNOWN;
    }
    default:
      for (const child of childrenOf(node)) {
        if (child.type.endsWith('expression') || child.type === 'identifier') evaluate(draft, child);
      }
      return UNKNOWN;
  }
}

function addressOf(draft: GraphDraft, target: SyntaxNode): Expr {
  const inner = strip(target);
  const key = keyOf(draft, inner);
  if (key !== undefined) return { kind: 'address', key };
  if (inner.type === 'identifier') {
    draft.names.add(inner.text);
    return { kind: 'name', name: inner.text };
  }
  return UNKNOWN;
}

function binary(draft: GraphDraft, node: SyntaxNode): Expr {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return UNKNOWN;
  switch (node.childForFieldName('operator')?.type) {
    case '&&':
    case '||':
    case '==':
    case '!=':
      return truthValue(draft, node);
    case '&': {
      const cast = castAddress(node);
      if (cast) return addressOf(draft, cast);
      const bits = bitNames(draft, right);
      const place = evaluate(draft, left);
      const [bit] = bits ?? [];
      if (place.kind === 'place' && bit !== undefined && bits?.length === 1) {
        return { kind: 'place', key: `${place.key}&${bit}` };
      }
      if (!bits) evaluate(draft, right);
      return UNKNOWN;
    }
    default:
      evaluate(draft, left);
      evaluate(draft, right);
      return UNKNOWN;
  }
}

/** 1 or 0, by going both ways. */
export function truthValue(draft: GraphDraft, node: SyntaxNode): Expr {
  const key = temporary(draft);
  const then = draft.blocks.reserve();
  const otherwise = draft.blocks.reserve();
  const behind = draft.blocks.reserve();
  branchOnCondition(draft, node, then, otherwise);
  store(draft, then, key, { kind: 'number', value: 1 }, node, behind);
  store(draft, otherwise, key, { kind: 'number', value: 0 }, node, behind);
  draft.blocks.start(behind);
  return { kind: 'place', key };
}

function store(draft: GraphDraft, block: number, to: Key, value: Expr, node: SyntaxNode, next: number): void {
  draft.blocks.start(block);
  assign(draft, to, value, node, node);
  draft.blocks.goto(next);
}

function assign(draft: GraphDraft, to: Key, value: Expr, target: SyntaxNode, whole: SyntaxNode): void {
  draft.blocks.add({
    kind: 'assign',
    to,
    value,
    target: rangeOf(draft, target),
    range: rangeOf(draft, whole),
    statement: draft.statementRange,
    declares: false,
  });
}

function choice(draft: GraphDraft, node: SyntaxNode): Expr {
  const condition = node.childForFieldName('condition');
  const yes = node.childForFieldName('consequence');
  const no = node.childForFieldName('alternative');
  if (!condition || !no) return UNKNOWN;
  const key = temporary(draft);
  const then = draft.blocks.reserve();
  const otherwise = draft.blocks.reserve();
  const behind = draft.blocks.reserve();
  branchOnCondition(draft, condition, then, otherwise);
  draft.blocks.start(then);
  assign(draft, key, yes ? evaluate(draft, yes) : UNKNOWN, yes ?? node, yes ?? node);
  draft.blocks.goto(behind);
  draft.blocks.start(otherwise);
  assign(draft, key, evaluate(draft, no), no, no);
  draft.blocks.goto(behind);
  draft.blocks.start(behind);
  return { kind: 'place', key };
}

function assignment(draft: GraphDraft, node: SyntaxNode): Expr {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return UNKNOWN;
  const operator = node.childForFieldName('operator')?.type;
  if (operator !== '=') {
    const key = keyOf(draft, left);
    const bits =
      operator === '|='
        ? bitNames(draft, right)
        : operator === '&='
          ? bitNames(draft, complemented(right))
          : undefined;
    if (key === undefined || !bits) evaluate(draft, right);
    if (key === undefined) return UNKNOWN;
    if (bits) draft.blocks.add({ kind: 'bits', of: key, bits, set: operator === '|=' });
    else draft.blocks.add({ kind: 'change', of: key });
    return { kind: 'place', key };
  }
  const value = evaluate(draft, right);
  const key = keyOf(draft, left);
  if (key === undefined) {
    evaluate(draft, left);
    return value;
  }
  assign(draft, key, value, left, node);
  return { kind: 'place', key };
}

/** Names of flags in `F` or `F | G`, powers of two for numbers; undefined for anything else. */
function bitNames(draft: GraphDraft, node: SyntaxNode | undefined): string[] | undefined {
  if (!node) return undefined;
  const inner = strip(node);
  const constant = draft.know.constant(inner);
  if (constant?.kind === 'name') return [constant.name];
  if (constant?.kind === 'number') return powersOfTwo(constant.value);
  if (inner.type === 'binary_expression' && inner.childForFieldName('operator')?.type === '|') {
    const left = bitNames(draft, inner.childForFieldName('left') ?? undefined);
    const right = bitNames(draft, inner.childForFieldName('right') ?? undefined);
    return left && right ? [...left, ...right] : undefined;
  }
  return undefined;
}

function powersOfTwo(value: number): string[] | undefined {
  if (!Number.isInteger(value) || value <= 0 || value > 0xff_ff_ff_ff) return undefined;
  const bits: string[] = [];
  for (let bit = 1; bit <= value; bit *= 2) if (Math.floor(value / bit) % 2 === 1) bits.push(`${bit}`);
  return bits;
}

/** `x` of `~x`. */
function complemented(node: SyntaxNode): SyntaxNode | undefined {
  const inner = strip(node);
  return inner.type === 'unary_expression' && inner.childForFieldName('operator')?.type === '~'
    ? (inner.childForFieldName('argument') ?? undefined)
    : undefined;
}
