import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { linesBefore } from '../text/layout.ts';
import { type StoredHandler, storedElsewhere, storedHandlers } from './support/handlers.ts';
import { prototypeFault } from './support/types.ts';

export default defineRule({
  id: 'missing-role-type',
  severity: 'hint',
  stage: 'stable',
  summary: 'A handler is declared with a plain prototype instead of its role type.',
  why: 'A declaration such as `MINIPORT_PAUSE MyPause;` tells the compiler, code analysis and Static Driver Verifier what the function is for. They then check its prototype, its IRQL and what it may do.',
  silent:
    'A role-typed declaration is visible here or in a project header, the function is not declared here, or a project header was not found.',
  pages: ['devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers'],
  *check(context) {
    const { facts, catalog } = context;
    if (!facts.includesRead) return;
    const seen = new Set<string>();
    for (const handler of [...storedHandlers(context), ...storedElsewhere(context)]) {
      const { name, role, declarations } = handler;
      if (seen.has(name) || role.name === role.pointer) continue;
      seen.add(name);
      if (
        declarations.some(
          (item) =>
            item.kind === 'role' ||
            item.annotations.some((text) =>
              /_Function_class_|__drv_functionClass|_Dispatch_type_|__drv_dispatchType/.test(text),
            ),
        ) ||
        isDeclaredElsewhere(context, name)
      )
        continue;
      const own = declarations.find((item) => item.uri === facts.uri);
      if (!own || prototypeFault(own, role, catalog)) continue; // the wrong prototype is reported by its own rule
      yield {
        at: own.nameRange,
        message: `declare '${name}' with '${role.name}' so that code analysis can check it`,
        page: role.page,
        fixes: () => useRole(context, handler),
      };
    }
  },
});

/** Another file of the driver sees a declaration with a role. */
function isDeclaredElsewhere({ driver, facts }: RuleContext, name: string): boolean {
  return [...driver.files.values()].some(
    (file) =>
      file !== facts &&
      file.functions
        .get(name)
        ?.some((item) => item.kind === 'role' && !(item.isStatic && item.uri === file.uri)),
  );
}

/** Replaces the prototype, or puts a declaration in front of the definition. */
function useRole({ facts, text }: RuleContext, { name, role, declarations }: StoredHandler): Fix[] {
  const own = declarations.filter((item) => item.uri === facts.uri);
  const prototype = own.find((item) => item.kind === 'prototype');
  const title = `Declare '${name}' with ${role.name}`;
  if (prototype) {
    const declaration = `${prototype.isStatic ? 'static ' : ''}${role.name} ${name};`;
    const source = text.slice(prototype.range.start, prototype.range.end);
    if (!source.endsWith(';')) return [];
    return [{ title, safety: 'suggestion', edits: [{ range: prototype.range, newText: declaration }] }];
  }
  const [definition] = own;
  if (!definition) return [];
  const declaration = `${definition.isStatic ? 'static ' : ''}${role.name} ${name};`;
  return [{ title, safety: 'suggestion', edits: [linesBefore(text, definition.range, [declaration])] }];
}
