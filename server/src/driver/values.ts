import type { Idioms } from '../catalog/entry.ts';
import {
  accessPath,
  addressTarget,
  castAddress,
  isTypeLike,
  calleeName,
  callArguments,
  dereferenced,
  numberValue,
  stringValue,
  strip,
} from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/parser.ts';
import type { Place, Value } from './facts.ts';

/** Object-like macros of the project by name; undefined as body when it has several meanings. */
export type MacroTable = ReadonlyMap<string, string | undefined>;

export interface Scope {
  readonly macros: MacroTable;
  readonly idioms: Idioms;
  /** True for a name that is a variable here: its value is not in its name. */
  readonly isVariable: (name: string) => boolean;
}

/** How many macros may stand for one another. */
const MACRO_DEPTH = 8;
const UNKNOWN: Value = { kind: 'unknown' };

/** What an expression's value is, as far as its text and the project's macros tell. */
export function valueOf(node: SyntaxNode, scope: Scope): Value {
  let at = stripAll(node);
  while (at.type === 'assignment_expression') {
    const right = at.childForFieldName('right');
    if (!right) return UNKNOWN;
    at = stripAll(right);
  }
  const number = numberValue(at);
  if (number !== undefined) return { kind: 'number', number: Number(number) };
  const text = stringValue(at);
  if (text !== undefined) return text.complete ? { kind: 'string', text: text.text } : UNKNOWN;
  switch (at.type) {
    case 'null':
      return { kind: 'null' };
    case 'identifier':
    case 'true':
    case 'false':
      return named(at.text, false, scope);
    case 'pointer_expression': {
      const target = addressTarget(at);
      return target?.type === 'identifier' ? named(target.text, true, scope) : UNKNOWN;
    }
    case 'sizeof_expression': {
      const operand = at.childForFieldName('value') ?? at.childForFieldName('type');
      const inner = operand ? (operand.type === 'type_descriptor' ? operand : strip(operand)) : undefined;
      return inner ? { kind: 'sizeof', of: inner.text.replace(/\s+/g, ' ') } : UNKNOWN;
    }
    case 'binary_expression':
      return flags(at, scope);
    case 'call_expression': {
      const callee = calleeName(at);
      if (callee === undefined || !scope.idioms.stringConstants.includes(callee)) return UNKNOWN;
      const [argument] = callArguments(at);
      const inner = argument && valueOf(argument, scope);
      return inner?.kind === 'string' ? inner : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function named(name: string, addressOf: boolean, scope: Scope, depth = 0): Value {
  const { idioms, macros } = scope;
  if (idioms.null.includes(name) || idioms.false.includes(name)) return { kind: 'null' };
  if (!macros.has(name)) {
    return scope.isVariable(name) ? UNKNOWN : { kind: 'name', name, addressOf };
  }
  const body = macros.get(name);
  if (body === undefined || depth > MACRO_DEPTH) return UNKNOWN;
  return macroValue(body, scope, depth + 1);
}

/** Value of a macro body: a number, a name or names joined by `|`, with casts and parentheses. */
function macroValue(body: string, scope: Scope, depth: number): Value {
  let text = body.trim();
  for (;;) {
    const inner =
      /^\(([^()]*)\)$/.exec(text)?.[1] ?? /^\(\s*[A-Z_][A-Z0-9_]*[\s*]*\)\s*([\w"].*)$/s.exec(text)?.[1];
    if (inner === undefined || inner.trim() === text) break;
    text = inner.trim();
  }
  const number = /^(0[xX][0-9a-fA-F]+|\d+)[uUlL]*$/.exec(text);
  if (number?.[1]) {
    const digits = /^0\d/.test(number[1]) ? `0o${number[1].slice(1)}` : number[1];
    const parsed = Number(digits);
    return Number.isNaN(parsed) ? UNKNOWN : { kind: 'number', number: parsed };
  }
  const literal = /^L?"([^"\\]*)"$/.exec(text);
  if (literal) return { kind: 'string', text: literal[1] ?? '' };
  const counted = /^(\w+)\s*\(\s*(?:L?"([^"\\]*)"|(\w+))\s*\)$/.exec(text);
  if (counted?.[1] !== undefined && scope.idioms.stringConstants.includes(counted[1])) {
    if (counted[3] === undefined) return { kind: 'string', text: counted[2] ?? '' };
    const inner = named(counted[3], false, scope, depth);
    return inner.kind === 'string' ? inner : UNKNOWN;
  }
  if (/^[A-Za-z_]\w*$/.test(text)) return named(text, false, scope, depth);
  if (/^[A-Za-z_]\w*(\s*\|\s*[A-Za-z_]\w*)+$/.test(text)) {
    return joinFlags(text.split('|').map((part) => named(part.trim(), false, scope, depth)));
  }
  return UNKNOWN;
}

function flags(node: SyntaxNode, scope: Scope): Value {
  if (node.childForFieldName('operator')?.type !== '|') return UNKNOWN;
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  return left && right ? joinFlags([valueOf(left, scope), valueOf(right, scope)]) : UNKNOWN;
}

function joinFlags(values: readonly Value[]): Value {
  const names: string[] = [];
  let number = 0;
  for (const value of values) {
    if (value.kind === 'name') names.push(value.name);
    else if (value.kind === 'flags') names.push(...value.names);
    else if (value.kind === 'number') number |= value.number;
    else if (value.kind !== 'null') return UNKNOWN;
  }
  if (number !== 0) return names.length === 0 ? { kind: 'number', number } : UNKNOWN;
  return { kind: 'flags', names };
}

/**
 * Like `strip`, and sees through `(TYPE)&x`, which the grammar takes for a bit operation because it cannot
 * know that TYPE is a type.
 */
export function stripAll(node: SyntaxNode): SyntaxNode {
  const inner = strip(node);
  if (inner.type === 'binary_expression') {
    const operator = inner.childForFieldName('operator')?.type;
    const left = inner.childForFieldName('left');
    if (
      (operator === '&' || operator === '*') &&
      left?.type === 'parenthesized_expression' &&
      isTypeLike(left.text)
    ) {
      return inner; // the caller asks `castAddress`
    }
  }
  return inner;
}

/** A place, and how the expression names it. */
export interface PlaceUse {
  readonly place: Place;
  /** `&x`: the expression is the place's address. */
  readonly addressOf: boolean;
  /** The expression without `&`, casts and parentheses. */
  readonly node: SyntaxNode;
}

/** The variable or member an expression denotes, or whose address it takes. */
export function placeOf(node: SyntaxNode, isConstant: (name: string) => boolean): PlaceUse | undefined {
  let target = strip(node);
  let addressOf = false;
  const address = addressTarget(target) ?? castAddress(target);
  if (address) {
    addressOf = true;
    target = strip(address);
  }
  const pointer = dereferenced(target);
  if (pointer) target = pointer;
  const path = accessPath(target);
  const base = dereferenced(path.base) ?? path.base;
  if (base.type !== 'identifier') return undefined;
  const steps = path.steps.map((step) => {
    if (step.kind === 'member') return step.name;
    const index = strip(step.index);
    const fixed = index.type === 'number_literal' || (index.type === 'identifier' && isConstant(index.text));
    return fixed ? `[${index.text}]` : '[*]';
  });
  return { place: { root: base.text, path: steps }, addressOf, node: target };
}
