import type { RoleEntry } from '../catalog/entry.ts';
import type { FunctionFact } from '../driver/facts.ts';
import { defineRule, type Fix, type Report, type RuleContext } from './rule.ts';
import { declaredRoles, storedElsewhere, type StoredHandler, storedHandlers } from './support/handlers.ts';
import { prototypeFault, samePrototype, sameRole } from './support/types.ts';

export default defineRule({
  id: 'handler-signature-mismatch',
  severity: 'warning',
  stage: 'stable',
  summary: 'A handler has another prototype than the system calls it with.',
  why: 'The system calls a handler through the type of its table member. A function with other parameters reads the wrong registers and stack slots; a cast only hides it from the compiler. The driver then works on garbage, or returns garbage.',
  silent: 'The declaration is not visible, or a parameter has a type of the project that cannot be compared.',
  pages: [
    'ddi/ndis/nc-ndis-miniport_halt',
    'devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers',
  ],
  *check(context) {
    const { catalog, facts } = context;
    const reported = new Set<string>();
    const stored = [...storedHandlers(context)];
    for (const handler of stored) {
      const { name, role, declarations, write } = handler;
      const key = `${name} ${role.name}`;
      if (reported.has(key)) continue;
      const declared = declaredRoles(context, declarations);
      const wrong = declared.find((other) => !sameRole(other, role));
      const fits = declared.some((other) => sameRole(other, role));
      const isAlike = wrong && samePrototype(wrong, role, catalog);
      // One function for two roles with the same prototype is no mistake: it can be declared with one of them only.
      if (
        wrong &&
        !fits &&
        !(isAlike && stored.some((one) => one.name === name && sameRole(one.role, wrong)))
      ) {
        reported.add(key);
        const inPlace = isAlike && partner(context, stored, role, wrong);
        yield {
          at: write.range,
          severity: !isAlike ? 'error' : inPlace ? 'warning' : 'hint',
          message: `'${name}' is declared '${wrong.name}' but '${handler.slot}' of ${withArticle(handler.noun)} needs '${role.name}'`,
          help: isAlike
            ? 'the prototypes are equal, so it compiles; the system calls it for something else than it is for'
            : 'the system calls it with other arguments than it takes',
          related: inPlace
            ? [{ range: inPlace.write.range, message: `'${inPlace.name}' is stored in its place here` }]
            : [],
          page: role.page,
          fixes: () => [
            ...(inPlace ? swap(handler, inPlace) : []),
            ...changeRole(context, handler, wrong.name),
          ],
        };
        continue;
      }
      const own = declarations.filter((item) => item.uri === facts.uri && item.kind !== 'role');
      const visible =
        own.find((item) => item.kind === 'definition') ??
        own[0] ??
        declarations.find((item) => item.kind !== 'role');
      const fault = visible && prototypeFault(visible, role, catalog);
      if (!visible || !fault) continue;
      reported.add(key);
      const here = visible.uri === facts.uri;
      yield {
        at: here ? visible.nameRange : write.range,
        message: fault,
        help: callText(role),
        related: here
          ? [{ range: write.range, message: `'${name}' is stored in '${handler.slot}' here` }]
          : [],
        page: role.page,
        fixes: () => rewrite(handler, own),
      };
    }
    yield* definedOtherwise(context, reported);
  },
});

/** Definitions in this file of handlers that another file stores without having seen a prototype that tells. */
function* definedOtherwise(context: RuleContext, reported: Set<string>): Generator<Report> {
  const { facts, catalog } = context;
  for (const handler of storedElsewhere(context)) {
    const { name, role, uri, write, slot, seenThere, declarations } = handler;
    const key = `${name} ${role.name}`;
    if (reported.has(key)) continue;
    // What is wrong there, too, is reported there.
    if (seenThere.some((item) => item.kind !== 'role' && prototypeFault(item, role, catalog))) continue;
    const own = declarations.filter((item) => item.uri === facts.uri && item.kind !== 'role');
    const definition = own.find((item) => item.kind === 'definition');
    const fault = definition && prototypeFault(definition, role, catalog);
    if (!definition || !fault) continue;
    reported.add(key);
    yield {
      at: definition.nameRange,
      message: fault,
      help: callText(role),
      related: [{ uri, range: write.range, message: `'${name}' is stored in '${slot}' here` }],
      page: role.page,
      fixes: () => rewrite(handler, own),
    };
  }
}

const callText = (role: RoleEntry): string =>
  `the system calls it as ${role.returns} (${role.parameters.map(({ type, name }) => `${type} ${name}`).join(', ') || 'VOID'})`;

/** The handler that stands in the slot for the other role although it is declared for this one: the two are mixed up. */
const partner = (
  context: RuleContext,
  stored: readonly StoredHandler[],
  role: RoleEntry,
  other: RoleEntry,
): StoredHandler | undefined =>
  stored.find(
    (one) =>
      sameRole(one.role, other) &&
      declaredRoles(context, one.declarations).some((declared) => sameRole(declared, role)),
  );

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** Exchanges two handlers. */
const swap = (one: StoredHandler, other: StoredHandler): Fix[] => [
  {
    title: `Swap '${one.name}' and '${other.name}'`,
    safety: 'suggestion',
    edits: [
      { range: one.write.range, newText: other.write.text },
      { range: other.write.range, newText: one.write.text },
    ],
  },
];

/** Corrects the role type of a declaration in this file. */
function changeRole({ facts }: RuleContext, { role, declarations }: StoredHandler, wrong: string): Fix[] {
  const own = declarations.filter((item) => item.uri === facts.uri && item.role === wrong && item.roleRange);
  const edits = own.flatMap((item) =>
    item.roleRange ? [{ range: item.roleRange, newText: role.name }] : [],
  );
  return edits.length === 0 ? [] : [{ title: `Declare it as ${role.name}`, safety: 'suggestion', edits }];
}

/** New parameter lists with the author's names where a position has one. */
function rewrite({ name, role }: StoredHandler, own: readonly FunctionFact[]): Fix[] {
  const edits = own.flatMap((item) => {
    const span = item.parametersRange;
    if (!span) return [];
    const list = role.parameters.map(({ type, sal, name: usual }, i) => {
      const parameter = item.parameters?.[i]?.name ?? usual;
      return `${sal ? `${sal} ` : ''}${type.endsWith('*') ? type : `${type} `}${parameter}`;
    });
    return [{ range: span, newText: `(${list.length === 0 ? 'VOID' : list.join(', ')})` }];
  });
  return edits.length === 0
    ? []
    : [{ title: `Give '${name}' the parameters of ${role.name}`, safety: 'suggestion', edits }];
}
