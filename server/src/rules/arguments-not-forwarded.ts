import type { ArgumentFact, CallFact, ValueFact } from '../driver/facts.ts';
import { onlyValue } from '../driver/table-state.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { entryArguments, functionOf, registryPathType } from './support/entry.ts';
import { registeredTables } from './support/tables.ts';
import { typeComparison } from './support/types.ts';
import { BLANKS, withoutEnd } from '../text/ends.ts';

type Wanted = 'driverObject' | 'registryPath';

export default defineRule({
  id: 'arguments-not-forwarded',
  severity: 'error',
  stage: 'stable',
  summary: 'A registration does not get the driver object or registry path that the entry point received.',
  why: 'The class driver keeps the driver object and opens the registry key of the path it is given. Null, a swapped pair or something made up makes the registration fail, or lets the class driver work on the wrong driver.',
  silent:
    'The value comes from a variable, a parameter of a helper, a call or a macro that cannot be told, or the registration takes no such argument.',
  pages: ['network/initializing-a-miniport-driver', 'ddi/hidport/ns-hidport-_hid_minidriver_registration'],
  *check(context) {
    const { facts, catalog } = context;
    for (const call of facts.calls) {
      const entry = catalog.calls.get(call.name);
      if (!entry || call.arguments.length !== entry.parameters.length) continue;
      for (const [index, parameter] of entry.parameters.entries()) {
        const argument = call.arguments[index];
        if (!argument || (parameter.role !== 'driverObject' && parameter.role !== 'registryPath')) continue;
        const report = judge(context, call, argument, parameter.role, `'${call.name}'`, parameter.name);
        if (report) yield { ...report, page: entry.page };
      }
    }
    const pathType = registryPathType(context);
    for (const { table, call, structure } of registeredTables(context)) {
      for (const member of structure.members) {
        const wanted: Wanted | undefined = catalog.objects.has(member.type)
          ? 'driverObject'
          : member.type === pathType
            ? 'registryPath'
            : undefined;
        const write = wanted && member.need === 'required' ? onlyValue(table, member.name) : undefined;
        if (!wanted || !write || write.inHelper) continue;
        const report = judge(context, call, write, wanted, `'${table.accessor}${member.name}'`, member.name);
        if (report) yield { ...report, page: structure.page };
      }
    }
  },
});

function judge(
  context: RuleContext,
  call: CallFact,
  argument: ValueFact & Partial<ArgumentFact>,
  wanted: Wanted,
  receiver: string,
  what: string,
): Report | undefined {
  const own = entryArguments(context, call.inFunction);
  const entryName = own?.entry.entry ?? [...context.catalog.entryPoints.keys()][0] ?? 'the entry point';
  const { value } = argument;
  const fixes = (): Fix[] =>
    own
      ? [
          {
            title: `Pass '${own[wanted].name}'`,
            safety: 'suggestion',
            edits: [{ range: argument.range, newText: own[wanted].name }],
          },
        ]
      : [];
  const message = `${receiver} must receive ${entryName}'s own '${what}'`;
  const help =
    'the class driver keeps it and works with it later; the registration fails or goes to the wrong driver';
  if (value.kind === 'null' || value.kind === 'number' || value.kind === 'string') {
    return { at: argument.range, message: `${message}, not ${argument.text}`, help, fixes };
  }
  const name = argument.text.replace(/^\(\s*\w+[\s*]*\)\s*/, '').trim();
  const other: Wanted = wanted === 'driverObject' ? 'registryPath' : 'driverObject';
  if (own && name === own[other].name) {
    return { at: argument.range, message: `${message}; '${name}' is the other argument`, help, fixes };
  }
  if (!own) {
    // In a helper only the declared type of a parameter can convict it.
    const parameter = functionOf(context, call)?.parameters?.find((item) => item.name === name);
    const types = typeComparison(context.catalog);
    const isObject = parameter && context.catalog.objects.has(withoutEnd(parameter.type, `*${BLANKS}`));
    const path = registryPathType(context);
    const isPath = parameter && path !== undefined && types.same(parameter.type, path) === true;
    const swapped = wanted === 'driverObject' ? isPath : isObject;
    return swapped && parameter
      ? { at: argument.range, message: `${message}; '${name}' is a '${parameter.type}'`, help }
      : undefined;
  }
  const local = /^&\s*(\w+)$/.exec(name)?.[1];
  if (
    wanted === 'registryPath' &&
    local &&
    argument.storage === 'automatic' &&
    !mentionsBoth(context, call, local, own[wanted].name)
  ) {
    return { at: argument.range, message: `${message}, not a string made here`, help, fixes };
  }
  return undefined;
}

/** True when some statement of the function brings the local together with the entry point's own argument. */
function mentionsBoth(context: RuleContext, call: CallFact, local: string, own: string): boolean {
  const body = functionOf(context, call)?.body;
  if (!body) return true;
  const text = context.text.slice(body.start, call.range.start);
  return text
    .split(/[;{}]/)
    .some(
      (statement) =>
        new RegExp(`\\b${local}\\b`).test(statement) && new RegExp(`\\b${own}\\b`).test(statement),
    );
}
