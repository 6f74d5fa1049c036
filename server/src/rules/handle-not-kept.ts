import type { ArgumentFact, CallFact } from '../driver/facts.ts';
import { lineBreak, removeStatement } from '../text/layout.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { functionOf } from './support/entry.ts';

export default defineRule({
  id: 'handle-not-kept',
  severity: 'warning',
  stage: 'stable',
  summary: 'The handle of a registration is thrown away.',
  why: 'The handle is the only way to undo the registration. A driver that does not keep it cannot deregister when it is unloaded or when its entry point fails, and leaves callbacks behind that point into freed memory.',
  silent:
    'The local variable is used anywhere else in the function: it may be copied, passed on or returned.',
  pages: ['ddi/ndis/nf-ndis-ndismregisterminiportdriver'],
  *check(context) {
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
        const undo = entry.registration.undo?.call;
        yield {
          at: argument.range,
          message: `handle from '${call.name}' is only stored in the local '${local}'`,
          help: undo ? `'${undo}' needs it later` : 'it is needed later',
          page: entry.page,
          fixes: () => makeStatic(context, call, local, parameter.type),
        };
      }
    }
  },
});

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
function makeStatic(context: RuleContext, call: CallFact, local: string, pointer: string): Fix[] {
  const { text, facts } = context;
  const body = functionOf(context, call)?.body;
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
