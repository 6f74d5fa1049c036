import type { Held, Spot } from '../../driver/lifecycle/memory.ts';
import { removeStatement } from '../../text/layout.ts';
import type { FileEdit, RuleContext } from '../rule.ts';
import { bareOwnerEnd, codeOnly, statementAt } from './blocks.ts';
import { returnedText } from './statuses.ts';

export interface StatusEdit {
  /** The variable that holds the status of the refused registration. */
  readonly variable: string;
  readonly edits: readonly FileEdit[];
}

/**
 * Makes the function leave with the status of a refused registration instead of the constant that it returns or stores
 * at a spot. Undefined when no variable holds that status there.
 */
export function returnFailure(context: RuleContext, held: Held, at: Spot): StatusEdit | undefined {
  const fn = context.driver.functionOf(at);
  const { uri, range } = context.driver.placeOf(at);
  const text = context.textOf(uri);
  if (!fn || text === undefined) return undefined;
  const code = codeOnly(text);
  const got = resultOf(context, held, at, code);
  if (!got || got.end > range.start) return undefined;
  const { variable } = got;
  const edit = (edits: readonly FileEdit[]): StatusEdit => ({
    variable,
    edits: edits.map((one) => ({ ...(uri === context.facts.uri ? {} : { uri }), ...one })),
  });
  const between = code.slice(got.end, range.start);
  const isKept = !writes(variable).test(between);
  const written = code.slice(range.start, range.end);
  const value = returnedText(written);
  if (value !== undefined && value !== '' && isConstant(value)) {
    const start = range.start + written.indexOf(value, 'return'.length);
    return isKept ? edit([{ range: { start, end: start + value.length }, newText: variable }]) : undefined;
  }
  if (value !== undefined) {
    // The constant was stored before, in the variable that is returned.
    if (!/^\w+$/.test(value)) return undefined;
    const stores = [...between.matchAll(new RegExp(`(?<![\\w.>])${value}\\s*=(?!=)\\s*(\\w+)\\s*;`, 'g'))];
    const [store] = stores;
    const own = new RegExp(writes(variable), 'g');
    if (!store?.[1] || stores.length !== 1 || !isConstant(store[1])) return undefined;
    if ([...between.matchAll(own)].length > (value === variable ? 1 : 0)) return undefined;
    return replaced(got.end + store.index, store[1]);
  }
  const stored = /^(\w+)\s*=\s*(\w+)\s*;?$/.exec(written);
  if (!stored?.[2] || !isKept) return undefined;
  return replaced(range.start, stored[2]);

  function replaced(start: number, constant: string): StatusEdit | undefined {
    const statement = statementAt(code, start);
    const source = code.slice(statement.start, statement.end);
    if (new RegExp(`^${variable}\\s*=`).test(source)) {
      return bareOwnerEnd(code, statement.start) === undefined && text !== undefined
        ? edit([removeStatement(text, statement)])
        : undefined;
    }
    const from = statement.start + source.lastIndexOf(constant);
    return edit([{ range: { start: from, end: from + constant.length }, newText: variable }]);
  }
}

const writes = (variable: string): RegExp => new RegExp(`(?<![\\w.>])${variable}\\s*=(?!=)`);

const isConstant = (value: string): boolean => /^[A-Z][A-Z0-9_]*$|^\d\w*$/.test(value);

/** The variable that takes the call's status, or that of the helper which makes the call, and where it did. */
function resultOf(
  context: RuleContext,
  held: Held,
  at: Spot,
  code: string,
): { readonly variable: string; readonly end: number } | undefined {
  const maker = context.driver.functionOf(held.at);
  if (held.at.fn === at.fn) {
    const { start } = context.driver.placeOf(held.at).range;
    const call = maker?.file.calls.find(({ range }) => range.start === start);
    const variable = call?.resultVariable;
    return call && variable !== undefined && /^\w+$/.test(variable)
      ? { variable, end: call.range.end }
      : undefined;
  }
  const body = context.driver.functionOf(at)?.flow.fact.body;
  if (!maker || !body) return undefined;
  const calls = [
    ...code
      .slice(body.start, body.end)
      .matchAll(new RegExp(`(?<![\\w.>])(\\w+)\\s*=\\s*${maker.flow.fact.name}\\s*\\(`, 'g')),
  ];
  const [call] = calls;
  return call?.[1] !== undefined && calls.length === 1
    ? { variable: call[1], end: body.start + call.index + call[0].length }
    : undefined;
}
