import type { FunctionFact } from '../driver/facts.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { declaredRoles, type StoredHandler, storedHandlers } from './support/handlers.ts';
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
    for (const handler of storedHandlers(context)) {
      const { name, role, declarations, write } = handler;
      const key = `${name} ${role.name}`;
      if (reported.has(key)) continue;
      const declared = declaredRoles(context, declarations);
      const wrong = declared.find((other) => !sameRole(other, role));
      if (wrong && !declared.some((other) => sameRole(other, role)) && !samePrototype(wrong, role, catalog)) {
        reported.add(key);
        yield {
          at: write.range,
          severity: 'error',
          message: `'${name}' is declared '${wrong.name}' but '${handler.slot}' of a ${handler.noun} needs '${role.name}'`,
          help: 'the system calls it with other arguments than it takes',
          page: role.page,
          fixes: () => changeRole(context, handler, wrong.name),
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
        help: `the system calls it as ${role.returns} (${role.parameters.map(({ type, name: parameter }) => `${type} ${parameter}`).join(', ') || 'VOID'})`,
        related: here
          ? [{ range: write.range, message: `'${name}' is stored in '${handler.slot}' here` }]
          : [],
        page: role.page,
        fixes: () => rewrite(handler, own),
      };
    }
  },
});

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
