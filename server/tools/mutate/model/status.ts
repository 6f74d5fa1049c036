import type { Catalog } from '../../../src/catalog/catalog.ts';
import { calleeName, callArguments, descendants, numberValue, strip } from '../../../src/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/syntax/parser.ts';
import type { CallSite } from './driver.ts';

/** The `if` that looks at the result of a call. */
export interface StatusTest {
  readonly node: SyntaxNode;
  readonly condition: SyntaxNode;
  /** Variable that holds the result; undefined when the condition holds the call. */
  readonly variable: string | undefined;
  /** What the condition says of the result when it is true. */
  readonly says: 'success' | 'failure';
  /** What runs on failure and on success, if something does. */
  readonly failure: SyntaxNode | undefined;
  readonly success: SyntaxNode | undefined;
}

/** Variable that takes the result of a call, as written. */
export function resultVariable(call: CallSite): string | undefined {
  const holder = holderOf(call.node);
  if (holder?.type === 'assignment_expression') return holder.childForFieldName('left')?.text;
  if (holder?.type === 'init_declarator') return holder.childForFieldName('declarator')?.text;
  return undefined;
}

/** The expression that takes the value of a call. */
export function holderOf(node: SyntaxNode): SyntaxNode | null {
  let at = node.parent;
  while (at && (at.type === 'parenthesized_expression' || at.type === 'cast_expression')) at = at.parent;
  return at;
}

/** The first test of the result, before the variable gets another value. */
export function statusTest(call: CallSite, catalog: Catalog): StatusTest | undefined {
  const variable = resultVariable(call);
  for (const node of descendants(call.fn.body, new Set(['if_statement']))) {
    const condition = node.childForFieldName('condition');
    if (!condition) continue;
    const holds = contains(condition, call.node);
    if (!holds) {
      if (node.startIndex < call.node.endIndex || variable === undefined) continue;
      if (!mentions(condition, variable)) continue;
      if (isWritten(call.fn.body, variable, call.statement.endIndex, node.startIndex)) return undefined;
    }
    const says = meaning(condition, (side) => contains(side, call.node) || side.text === variable, catalog);
    if (!says) return undefined;
    const consequence = node.childForFieldName('consequence') ?? undefined;
    const alternative = node.childForFieldName('alternative')?.namedChildren[0] ?? undefined;
    const [failure, success] = says === 'failure' ? [consequence, alternative] : [alternative, consequence];
    return { node, condition, variable: holds ? undefined : variable, says, failure, success };
  }
  return undefined;
}

const contains = (outer: SyntaxNode, inner: SyntaxNode): boolean =>
  outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;

const mentions = (node: SyntaxNode, variable: string): boolean =>
  [...descendants(node, new Set(['identifier', 'field_expression']))].some(({ text }) => text === variable);

function isWritten(body: SyntaxNode, variable: string, from: number, to: number): boolean {
  return [...descendants(body, new Set(['assignment_expression']))].some(
    (node) =>
      node.startIndex >= from && node.endIndex <= to && node.childForFieldName('left')?.text === variable,
  );
}

const opposite = (says: 'success' | 'failure'): 'success' | 'failure' =>
  says === 'success' ? 'failure' : 'success';

function meaning(
  condition: SyntaxNode,
  isStatus: (node: SyntaxNode) => boolean,
  catalog: Catalog,
): 'success' | 'failure' | undefined {
  const node = strip(condition);
  if (node.type === 'unary_expression' && node.childForFieldName('operator')?.type === '!') {
    const argument = node.childForFieldName('argument');
    const says = argument ? meaning(argument, isStatus, catalog) : undefined;
    return says && opposite(says);
  }
  if (node.type === 'call_expression' && catalog.idioms.successMacros.includes(calleeName(node) ?? '')) {
    const [argument] = callArguments(node);
    return argument && isStatus(strip(argument)) ? 'success' : undefined;
  }
  if (node.type === 'binary_expression') {
    const operator = node.childForFieldName('operator')?.type;
    const sides = [node.childForFieldName('left'), node.childForFieldName('right')].flatMap((side) =>
      side ? [strip(side)] : [],
    );
    const other = sides.find((side) => !isStatus(side));
    if (!other || sides.every((side) => !isStatus(side))) return undefined;
    if (!isSuccess(other, catalog)) return undefined;
    if (operator === '==') return 'success';
    return operator === '!=' ? 'failure' : undefined;
  }
  return isStatus(node) ? 'failure' : undefined;
}

export const isSuccess = (node: SyntaxNode, catalog: Catalog): boolean =>
  numberValue(node) === 0n || Number(catalog.statuses.get(node.text)?.value ?? Number.NaN) === 0;
