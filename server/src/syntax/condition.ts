import { endOfNumber, isDigitCode, isWordCode } from './lexer.ts';

/** What is known of a macro. */
export interface MacroState {
  /** `undefined`: nobody knows. */
  readonly defined: boolean | undefined;
  /** Replacement text of a macro without parameters; undefined when not known. */
  readonly body: string | undefined;
}

/** An integer, or undefined for "depends on something unknown". */
export type Value = bigint | undefined;

/** Limits on macros that expand to macros: so deep, and so many expansions for one condition. */
const MAX_DEPTH = 16;
const MAX_EXPANSIONS = 500;

interface Budget {
  depth: number;
  expansions: number;
}

/** Three-valued truth of a value. */
export function isTrue(value: Value): boolean | undefined {
  return value === undefined ? undefined : value !== 0n;
}

interface Operator {
  readonly text: string;
  readonly precedence: number;
  readonly unary: boolean;
}

const BINARY: ReadonlyMap<string, number> = new Map([
  ['?', 1],
  [':', 1],
  ['||', 2],
  ['&&', 3],
  ['|', 4],
  ['^', 5],
  ['&', 6],
  ['==', 7],
  ['!=', 7],
  ['<', 8],
  ['>', 8],
  ['<=', 8],
  ['>=', 8],
  ['<<', 9],
  ['>>', 9],
  ['+', 10],
  ['-', 10],
  ['*', 11],
  ['/', 11],
  ['%', 11],
]);
const UNARY = new Set(['!', '~', '-', '+']);
const UNARY_PRECEDENCE = 12;

/**
 * Evaluates the condition of `#if` with what is known of macros. Anything that needs an unknown name, a macro
 * with parameters, or that is no expression, is undefined; `0 && unknown` and `1 || unknown` are not.
 * Two stacks instead of recursion: nesting is as deep as the author of the text likes.
 */
export function evaluateCondition(
  condition: string,
  macros: ReadonlyMap<string, MacroState>,
  budget: Budget = { depth: 0, expansions: 0 },
): Value {
  const tokens = conditionTokens(condition);
  const values: Value[] = [];
  const operators: Operator[] = [];

  const reduce = (): boolean => {
    const operator = operators.pop();
    if (operator === undefined) return false;
    if (operator.unary) {
      if (values.length < 1) return false;
      values.push(applyUnary(operator.text, values.pop()));
      return true;
    }
    if (values.length < 2) return false;
    const right = values.pop();
    const left = values.pop();
    values.push(applyBinary(operator.text, left, right));
    return true;
  };

  let expectValue = true;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const code = token.charCodeAt(0);
    if (expectValue) {
      if (UNARY.has(token)) operators.push({ text: token, precedence: UNARY_PRECEDENCE, unary: true });
      else if (token === '(') operators.push({ text: '(', precedence: 0, unary: false });
      else if (isDigitCode(code) || code === 39) {
        values.push(parseInteger(token));
        expectValue = false;
      } else if (token === 'defined') {
        const parenthesised = tokens[i + 1] === '(';
        const name = tokens[i + (parenthesised ? 2 : 1)] ?? '';
        i += parenthesised ? 3 : 1;
        const defined = macros.get(name)?.defined;
        values.push(defined === undefined ? undefined : defined ? 1n : 0n);
        expectValue = false;
      } else if (isWordCode(code)) {
        if (tokens[i + 1] === '(') i = closingToken(tokens, i + 1);
        values.push(tokens[i] === ')' ? undefined : macroValue(token, macros, budget));
        expectValue = false;
      } else return undefined;
      continue;
    }
    if (token === ')') {
      while (operators.length > 0 && operators.at(-1)?.text !== '(') if (!reduce()) return undefined;
      if (operators.pop() === undefined) return undefined;
      continue;
    }
    const precedence = BINARY.get(token);
    if (precedence === undefined || token === '?' || token === ':') return undefined;
    for (
      let top = operators.at(-1);
      top !== undefined && top.precedence >= precedence;
      top = operators.at(-1)
    ) {
      if (!reduce()) return undefined;
    }
    operators.push({ text: token, precedence, unary: false });
    expectValue = true;
  }
  if (expectValue) return undefined;
  while (operators.length > 0) {
    if (operators.at(-1)?.text === '(' || !reduce()) return undefined;
  }
  return values.length === 1 ? values[0] : undefined;
}

function macroValue(name: string, macros: ReadonlyMap<string, MacroState>, budget: Budget): Value {
  if (name === 'true') return 1n;
  if (name === 'false') return 0n;
  const state = macros.get(name);
  // In C, a name that is certainly undefined counts as 0.
  if (state?.defined === false) return 0n;
  if (state?.body === undefined || state.body.length > 1000) return undefined;
  if (budget.depth >= MAX_DEPTH || budget.expansions >= MAX_EXPANSIONS) return undefined;
  budget.depth++;
  budget.expansions++;
  const value = evaluateCondition(state.body, macros, budget);
  budget.depth--;
  return value;
}

function closingToken(tokens: readonly string[], open: number): number {
  let level = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === '(') level++;
    else if (tokens[i] === ')' && --level === 0) return i;
  }
  return tokens.length - 1;
}

function conditionTokens(condition: string): string[] {
  const tokens: string[] = [];
  let i = 0;
  while (i < condition.length) {
    const code = condition.charCodeAt(i);
    let end = i + 1;
    if (code <= 32) {
      i++;
      continue;
    }
    if (isDigitCode(code)) end = endOfNumber(condition, i);
    else if (isWordCode(code)) {
      while (end < condition.length && isWordCode(condition.charCodeAt(end))) end++;
    } else if (code === 39) {
      while (end < condition.length && condition.charCodeAt(end) !== 39)
        end += condition[end] === '\\' ? 2 : 1;
      end++;
    } else if (BINARY.has(condition.slice(i, i + 2))) end = i + 2;
    tokens.push(condition.slice(i, end));
    i = end;
  }
  return tokens;
}

/** Value of an integer or plain character literal; undefined for anything else. */
export function parseInteger(literal: string): Value {
  const character = /^L?'(.)'$/.exec(literal)?.[1];
  if (character !== undefined && character !== '\\') return BigInt(character.charCodeAt(0));
  const match = /^(0[xX][0-9a-fA-F']+|0[bB][01']+|[0-9][0-9']*)(?:[uUlL]*|[uU]?i(?:8|16|32|64))$/.exec(
    literal,
  );
  const digits = match?.[1]?.replaceAll("'", '');
  if (digits === undefined || digits.length > 40) return undefined;
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`);
  if (/^0[0-9]+$/.test(digits)) return undefined;
  return BigInt(digits);
}

function applyUnary(operator: string, value: Value): Value {
  if (value === undefined) return undefined;
  switch (operator) {
    case '!':
      return value === 0n ? 1n : 0n;
    case '~':
      return BigInt.asIntN(64, ~value);
    case '-':
      return BigInt.asIntN(64, -value);
    default:
      return value;
  }
}

function applyBinary(operator: string, left: Value, right: Value): Value {
  if (operator === '&&') {
    if (left === 0n || right === 0n) return 0n;
    return left === undefined || right === undefined ? undefined : 1n;
  }
  if (operator === '||') {
    if ((left !== undefined && left !== 0n) || (right !== undefined && right !== 0n)) return 1n;
    return left === undefined || right === undefined ? undefined : 0n;
  }
  if (left === undefined || right === undefined) return undefined;
  const truth = (holds: boolean): Value => (holds ? 1n : 0n);
  switch (operator) {
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case '<':
      return truth(left < right);
    case '>':
      return truth(left > right);
    case '<=':
      return truth(left <= right);
    case '>=':
      return truth(left >= right);
    case '<<':
      return right >= 0n && right < 64n ? BigInt.asIntN(64, left << right) : undefined;
    case '>>':
      return right >= 0n && right < 64n ? left >> right : undefined;
    case '+':
      return BigInt.asIntN(64, left + right);
    case '-':
      return BigInt.asIntN(64, left - right);
    case '*':
      return BigInt.asIntN(64, left * right);
    case '/':
      return right === 0n ? undefined : left / right;
    case '%':
      return right === 0n ? undefined : left % right;
    default:
      return undefined;
  }
}
