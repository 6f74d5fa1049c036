import type { EntryPointFact, FunctionFact } from '../driver/facts.ts';
import { linesBefore } from '../text/layout.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { typeComparison } from './support/types.ts';

export default defineRule({
  id: 'driver-entry-signature',
  severity: 'warning',
  stage: 'stable',
  summary: 'The entry point does not have the prototype or linkage that the system expects.',
  why: 'The system finds the entry point by its name and calls it with the driver object and the registry path. A C++ file must give it C linkage or the linker does not find it; other parameter types hide mistakes in what is handed on.',
  silent:
    'The prototype is that of a port driver, its types cannot be compared, or a header that may declare the function was not found.',
  pages: ['ddi/wdm/nc-wdm-driver_initialize'],
  *check(context) {
    for (const entry of context.facts.entryPoints) yield* checkEntry(context, entry);
  },
});

function* checkEntry(context: RuleContext, { entry, definition }: EntryPointFact): Generator<Report> {
  const { catalog, facts, text } = context;
  const known = catalog.entryPoints.get(entry);
  const role = known && catalog.roles.get(known.role);
  if (!role) return;
  const page = known.page;
  const declarations = facts.functions.get(definition.name) ?? [];
  // A header that names it without a declaration we can read may declare it in a way we do not know.
  const unread = facts.headerNames.has(entry) && declarations.every((item) => item.uri === facts.uri);
  const declarationsKnown = facts.includesRead && !unread;
  if (
    declarationsKnown &&
    !definition.cLinkage &&
    !declarations.some((item) => item !== definition && item.cLinkage)
  ) {
    yield {
      at: definition.nameRange,
      message: `'${entry}' needs C linkage in a C++ file`,
      help: 'the linker does not find it under its C++ name',
      page,
      fixes: () => [
        {
          title: 'Add extern "C"',
          safety: 'safe',
          edits: [
            { range: { start: definition.range.start, end: definition.range.start }, newText: 'extern "C" ' },
          ],
        },
      ],
    };
  }
  const { parameters, returns = '' } = definition;
  const signature = `${returns}(${(parameters ?? []).map(({ type }) => type).join(',')})`.replace(/\s+/g, '');
  if (known.otherSignatures?.includes(signature)) return;
  const types = typeComparison(catalog);
  const wanted = role.parameters;
  const wrongCount = parameters !== undefined && parameters.length !== wanted.length;
  const wrongType = parameters?.find(
    (parameter, i) => types.same(parameter.type, wanted[i]?.type ?? '') === false,
  );
  const prototype = `${role.returns} ${entry}(${wanted.map(({ type }) => type).join(', ')})`;
  if (wrongCount || wrongType) {
    yield {
      at: wrongType && !wrongCount ? wrongType.range : definition.nameRange,
      message: wrongCount
        ? `'${entry}' takes ${wanted.length} parameters: ${prototype}`
        : `'${wrongType?.type ?? ''}' hides what '${entry}' is called with: ${prototype}`,
      page,
      fixes: () => rewriteParameters(role.parameters, declarations, facts.uri),
    };
  } else if (types.same(returns, role.returns) === false) {
    const status = returns.endsWith('STATUS');
    yield {
      at: definition.returnsRange ? trimmed(text, definition.returnsRange) : definition.nameRange,
      severity: status ? 'information' : 'warning',
      message: `'${entry}' returns '${role.returns}', here '${returns}'`,
      page,
      fixes: () => {
        const span = definition.returnsRange && trimmed(text, definition.returnsRange);
        return span && text.slice(span.start, span.end) === returns
          ? [
              {
                title: `Return ${role.returns}`,
                safety: 'suggestion',
                edits: [{ range: span, newText: role.returns }],
              },
            ]
          : [];
      },
    };
  }
  if (
    declarationsKnown &&
    !wrongCount &&
    !wrongType &&
    !declarations.some(
      (item) => item.kind === 'role' || item.annotations.some((note) => note.includes(role.name)),
    )
  ) {
    yield {
      at: definition.nameRange,
      severity: 'hint',
      message: `declare '${entry}' with '${role.name}' so that code analysis knows it`,
      page,
      fixes: () => declareRole(context, declarations, definition, role.name),
    };
  }
}

function trimmed(text: string, span: { start: number; end: number }): { start: number; end: number } {
  const source = text.slice(span.start, span.end);
  return { start: span.start, end: span.start + source.trimEnd().length };
}

function rewriteParameters(
  wanted: readonly { type: string; sal: string; name: string }[],
  declarations: readonly FunctionFact[],
  uri: string,
): Fix[] {
  const edits = declarations
    .filter((item) => item.uri === uri)
    .flatMap((item) => {
      if (!item.parametersRange) return [];
      const list = wanted.map(({ sal, type, name }, i) =>
        `${sal} ${type} ${item.parameters?.[i]?.name ?? name}`.trim(),
      );
      return [{ range: item.parametersRange, newText: `(${list.join(', ')})` }];
    });
  return edits.length === 0 ? [] : [{ title: 'Use the documented parameters', safety: 'suggestion', edits }];
}

function declareRole(
  { text, facts }: RuleContext,
  declarations: readonly FunctionFact[],
  definition: FunctionFact,
  role: string,
): Fix[] {
  const title = `Declare '${definition.name}' with ${role}`;
  const line = `${role} ${definition.name};`;
  const prototype = declarations.find((item) => item.kind === 'prototype' && item.uri === facts.uri);
  if (prototype && text.slice(prototype.range.start, prototype.range.end).endsWith(';')) {
    return [{ title, safety: 'suggestion', edits: [{ range: prototype.range, newText: line }] }];
  }
  return [{ title, safety: 'suggestion', edits: [linesBefore(text, definition.range, [line, ''])] }];
}
