import type { ArgumentFact, CallFact, FunctionFact } from '../driver/facts.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import type { DriverFunction } from '../driver/lifecycle/functions.ts';
import { vocabularyOf } from '../driver/lifecycle/vocabulary.ts';
import { type Argument, type CallOp, type Expr, type Key, rootOf } from '../flow/graph.ts';
import type { TextRange } from '../text/range.ts';
import { lineBreak, removeStatement } from '../text/layout.ts';
import { defineRule, type Fix, type RelatedPlace, type Report, type RuleContext } from './rule.ts';
import { functionOf } from './support/entry.ts';
import { observed, relatedAt } from './support/lifecycle.ts';

export default defineRule({
  id: 'handle-not-kept',
  severity: 'warning',
  stage: 'stable',
  summary: 'The handle of a registration is thrown away.',
  why: 'The handle is the only way to undo the registration. A driver that does not keep it cannot deregister when it is unloaded or when its entry point fails, and leaves callbacks behind that point into freed memory.',
  silent:
    'The local variable is copied, returned, or passed to anything that may keep it, or the registration does not stand any more when the function ends.',
  pages: ['ddi/ndis/nf-ndis-ndismregisterminiportdriver'],
  *check(context) {
    const reported = new Set<number>();
    for (const report of plainly(context)) {
      reported.add(report.at.start);
      yield report;
    }
    for (const report of byFlow(context)) if (!reported.has(report.at.start)) yield report;
  },
});

/** What a look at the text of the function tells. */
function* plainly(context: RuleContext): Generator<Report> {
  const { facts, catalog } = context;
  for (const { call } of facts.registrations) {
    const entry = catalog.calls.get(call.name);
    if (!entry?.registration || call.arguments.length !== entry.parameters.length) continue;
    for (const [index, parameter] of entry.parameters.entries()) {
      const argument = call.arguments[index];
      if (parameter.role !== 'handleOut' || !argument || parameter.optional) continue;
      if (argument.value.kind === 'null') {
        yield {
          at: argument.range,
          severity: 'error',
          message: `'${call.name}' writes the handle through '${parameter.name}'; it cannot be null`,
          help: 'the call crashes or fails, and nothing could undo the registration',
          page: entry.page,
        };
        continue;
      }
      const local = deadLocal(context, call, argument);
      if (!entry.registration.keepHandle || local === undefined) continue;
      yield lostIn(context, call.name, argument.range, local, functionOf(context, call));
    }
  }
}

/** What the ways through the functions tell: the registration stands at the end of one, and nobody got the handle. */
function* byFlow(context: RuleContext): Generator<Report> {
  for (const { one } of observed(context, 'handle-in-local', ({ at }) => at)) {
    const { held, root } = one;
    const fn = context.driver.lifecycle.table.functions.get(root);
    const entry = context.catalog.calls.get(held.call);
    if (!fn?.flow.graph.isComplete || held.handle === undefined || !entry?.registration?.keepHandle) continue;
    const given = whereGiven(context, fn, held.handle, held.at.fn);
    if (!given || isKept(context, fn, held.handle, given.op)) continue;
    const related: RelatedPlace[] = [
      ...(held.at.fn === root ? [] : [relatedAt(context, held.at, `'${held.call}' writes it here`)]),
      relatedAt(context, one.at, 'it is gone when the function leaves here'),
    ];
    const { range } = context.driver.placeOf({ fn: root, range: given.argument.range });
    yield { ...lostIn(context, held.call, range, held.handle, fn.flow.fact), related };
  }
}

function lostIn(
  context: RuleContext,
  call: string,
  at: TextRange,
  local: string,
  fn: FunctionFact | undefined,
): Report {
  const entry = context.catalog.calls.get(call);
  const undo = entry?.registration?.undo?.call;
  const type = entry?.parameters.find(({ role }) => role === 'handleOut')?.type ?? '';
  return {
    at,
    message: `handle from '${call}' is only stored in the local '${local}'`,
    help: undo ? `'${undo}' needs it later` : 'it is needed later',
    ...(entry ? { page: entry.page } : {}),
    fixes: () => makeStatic(context, fn, local, type),
  };
}

/** The one argument through which the local gets its handle. */
function whereGiven(
  context: RuleContext,
  fn: DriverFunction,
  local: Key,
  registeredIn: string,
): { readonly op: CallOp; readonly argument: Argument } | undefined {
  const found = callsOf(fn.flow.graph).flatMap((op) =>
    op.arguments.flatMap((argument) =>
      argument.value.kind === 'address' && argument.value.key === local ? [{ op, argument }] : [],
    ),
  );
  const [only] = found;
  if (found.length !== 1 || !only || only.op.inMacro) return undefined;
  if (registeredIn === fn.id) return only;
  // A helper that does nothing with its parameter but hand it to the registration.
  const { table } = context.driver.lifecycle;
  const callee = only.op.callee === undefined ? undefined : table.resolve(only.op.callee, fn.file);
  if (callee?.kind !== 'own' || callee.fn.id !== registeredIn || !callee.fn.flow.graph.isComplete)
    return undefined;
  const parameter = callee.fn.flow.graph.parameters[only.op.arguments.indexOf(only.argument)];
  if (parameter === undefined) return undefined;
  const passing = callsOf(callee.fn.flow.graph).filter((op) =>
    op.arguments.some(({ value }) => isOf(value, parameter)),
  );
  const [registering] = passing;
  if (passing.length !== 1 || !registering) return undefined;
  return isKept(context, callee.fn, parameter, registering) ? undefined : only;
}

/** Somebody else may get what the variable holds, or its address. */
function isKept({ catalog }: RuleContext, fn: DriverFunction, local: Key, giving: CallOp): boolean {
  const { undoneBy } = vocabularyOf(catalog);
  for (const { ops, next } of fn.flow.graph.blocks) {
    if (next.kind === 'return' && next.value && isOf(next.value, local)) return true;
    for (const op of ops) {
      if (op.kind === 'assign' && isOf(op.value, local)) return true;
      if (op.kind !== 'call' || op === giving) continue;
      const known = op.callee === undefined ? undefined : catalog.calls.get(op.callee);
      const isQuiet =
        op.callee !== undefined && (undoneBy.has(op.callee) || catalog.idioms.readOnly.includes(op.callee));
      // A call that only takes the handle does not hand it out again.
      const keeps = op.arguments.some(
        ({ value }, index) => isOf(value, local) && known?.parameters[index]?.role !== 'handle',
      );
      if (!isQuiet && keeps) return true;
    }
  }
  return false;
}

/** The value is read from the variable, from what it points to, or is its address. */
const isOf = (value: Expr, local: Key): boolean =>
  (value.kind === 'place' || value.kind === 'address') && rootOf(value.key) === local;

/** Name of an automatic variable that is mentioned nowhere but in its declaration and this call. */
function deadLocal(context: RuleContext, call: CallFact, argument: ArgumentFact): string | undefined {
  const { place, storage, text } = argument;
  if (storage !== 'automatic' || !place || place.path.length > 0 || !text.trim().startsWith('&'))
    return undefined;
  const body = functionOf(context, call)?.body;
  if (!body) return undefined;
  const source =
    context.text.slice(body.start, call.range.start) + context.text.slice(call.range.end, body.end);
  const uses = source.match(new RegExp(`\\b${place.root}\\b`, 'g'))?.length ?? 0;
  const inCall =
    context.text.slice(call.range.start, call.range.end).match(new RegExp(`\\b${place.root}\\b`, 'g'))
      ?.length ?? 0;
  return uses === 1 && inCall === 1 ? place.root : undefined;
}

/** Moves the variable to file scope. */
function makeStatic(
  context: RuleContext,
  fn: FunctionFact | undefined,
  local: string,
  pointer: string,
): Fix[] {
  const { text, facts } = context;
  const body = fn?.body;
  if (!body || facts.functions.has(local)) return [];
  const source = text.slice(body.start, body.end);
  const match = new RegExp(`(?<=[;{}]\\s*)(\\w+)\\s+${local}\\s*(?:=\\s*\\w+\\s*)?;`).exec(source);
  if (!match?.[1]) return []; // declared together with others
  const start = body.start + match.index;
  const type = match[1] || pointer.replace(/^P/, '');
  const at = facts.declarationsAt;
  const eol = lineBreak(text);
  return [
    {
      title: `Keep it in a static '${local}'`,
      safety: 'suggestion',
      edits: [
        {
          range: { start: at, end: at },
          newText: `${at > 0 ? eol + eol : ''}static ${type} ${local};${at > 0 ? '' : eol}`,
        },
        removeStatement(text, { start, end: start + match[0].length }),
      ],
    },
  ];
}
