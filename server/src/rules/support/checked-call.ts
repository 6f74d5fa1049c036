import type { CallEntry } from '../../catalog/entry.ts';
import type { CallFact, FunctionFact } from '../../driver/facts.ts';
import { linesAfter } from '../../text/layout.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { bareOwnerEnd, codeOnly, ifLines, insertFirst } from './blocks.ts';
import { functionOf } from './entry.ts';
import { failureTest, isStatusType, returnsIn, statusVariable } from './statuses.ts';

/** Keeps the status of a call and leaves when it is a failure, in the style of the function and its file. */
export function checkStatus(
  context: RuleContext,
  call: CallFact,
  entry: CallEntry,
  isIgnored: boolean,
): Fix[] {
  const { text } = context;
  const fn = functionOf(context, call);
  const code = codeOnly(text);
  if (!fn?.body || bareOwnerEnd(code, call.statement.start) !== undefined) return [];
  const body = code.slice(fn.body.start, fn.body.end);
  const known = isIgnored ? statusVariable(context, body) : call.resultVariable;
  const variable = known ?? NEW_VARIABLE;
  // What is assigned to is a function: the text is being written.
  if (context.facts.functions.has(variable) || context.catalog.calls.has(variable)) return [];
  if (!/^\w+$/.test(variable) || (known === undefined && new RegExp(`\\b${variable}\\b`).test(body)))
    return [];
  const leave = leaving(context, fn, fn.body.start, body, call.statement.start, variable);
  // Without its semicolon it is still being written.
  const isOwnStatement = /^\s*;\s*$/.test(code.slice(call.range.end, call.statement.end));
  if (leave === undefined || !isOwnStatement) return [];
  if (isIgnored && call.statement.start !== call.range.start) return [];
  const test = failureTest(context, code, variable, entry);
  return [
    {
      title: `Leave when '${call.name}' fails`,
      safety: 'suggestion',
      edits: [
        ...(known === undefined ? [insertFirst(text, fn.body, [`${entry.returns.type} ${variable};`])] : []),
        ...(isIgnored
          ? [{ range: { start: call.range.start, end: call.range.start }, newText: `${variable} = ` }]
          : []),
        linesAfter(text, call.statement, ifLines(text, test, [leave])),
      ],
    },
  ];
}

const NEW_VARIABLE = 'status';

/** How the function leaves elsewhere after a failure. */
function leaving(
  context: RuleContext,
  fn: FunctionFact,
  offset: number,
  body: string,
  at: number,
  variable: string,
): string | undefined {
  const here = at - offset;
  const jumps = [
    ...[...body.matchAll(/\b(?:goto\s+\w+|break|(?:__)?leave);/g)].map((match) => ({
      index: match.index,
      text: match[0],
    })),
    ...returnsIn(body),
  ]
    .toSorted((a, b) => a.index - b.index)
    .filter(({ text: jump, index }) => index < here || !jump.startsWith('return'));
  const before = jumps.filter(({ index }) => index < here && isBeside(body.slice(index, here)));
  const after = jumps.filter(({ index }) => index > here && isAhead(body.slice(here, index)));
  const model = (before.at(-1) ?? after[0])?.text;
  if (model !== undefined && !model.startsWith('return')) return model.replace(/\s+/g, ' ');
  const { returns = '' } = fn;
  if (/^void$/i.test(returns)) return 'return;';
  if (/^BOOL(?:EAN)?$/i.test(returns)) return `return ${context.catalog.idioms.false[0] ?? '0'};`;
  return isStatusType(context, returns) ? `return ${variable};` : undefined;
}

/** A jump in a block of its own and a place behind that block: the same blocks are open around both. */
function isBeside(code: string): boolean {
  let depth = 1;
  for (const c of code) {
    if (c === '{') depth++;
    else if (c === '}' && --depth < 0) return false;
  }
  return depth <= 1;
}

/** The same for a jump that comes later. */
function isAhead(code: string): boolean {
  let depth = 0;
  for (const c of code) {
    if (c === '{') depth++;
    else if (c === '}' && --depth < 0) return false;
  }
  return depth <= 1;
}
