import type { FunctionFact } from '../driver/facts.ts';
import { type AssignOp, type Key, nameOf, pathOf, rootOf } from '../flow/graph.ts';
import { defineRule, type Fix, type RuleContext } from './rule.ts';
import { linesBefore, removeStatement } from '../text/layout.ts';
import { relatedAt } from './support/lifecycle.ts';
import { type KeptString, keptStrings } from './support/registry-path.ts';

export default defineRule({
  id: 'registry-path-pointer-kept',
  severity: 'warning',
  stage: 'stable',
  summary: 'A variable that outlives the entry point keeps its registry path, which does not.',
  why: 'The string behind `RegistryPath` belongs to the system and is freed when `DriverEntry` has returned. A pointer to it, its `Buffer`, or a copy of the structure alone then points into freed memory: a later read gives garbage or stops the machine.',
  silent:
    'The string itself is copied, the variable is local or a table for a registration, or it gets another value before the entry point returns.',
  pages: ['ddi/wdm/nc-wdm-driver_initialize', 'devtest/28131-driverentry-saving-pointer-to-buffer'],
  *check(context) {
    for (const kept of keptStrings(context)) {
      if (kept.fn.file.uri !== context.facts.uri) continue;
      const { range } = context.driver.placeOf({ fn: kept.fn.id, range: kept.target });
      const what =
        kept.what === 'pointer'
          ? `a pointer to the registry path`
          : kept.what === 'buffer'
            ? `the buffer of the registry path`
            : `a copy of the registry path that shares its buffer`;
      yield {
        at: range,
        message: `'${spelled(kept.to)}' keeps ${what}, which is freed when '${kept.entry.name}' has returned`,
        help: 'copy the characters into memory of your own, and free that when the driver unloads',
        related: kept.calls.map((at) => relatedAt(context, at, 'the registry path is handed on here')),
        fixes: () => copyText(context, kept),
      };
    }
  },
});

/** `g_Path`, `Globals.Path` as the author may have written it. */
const spelled = (key: Key): string => nameOf(rootOf(key)) + pathOf(key).replaceAll('.*', '');

/** Replaces a copy of the structure, or of its buffer pointer, by a copy of the text. */
function copyText(context: RuleContext, { fn, op, what, source, to }: KeptString): Fix[] {
  const { catalog, text, driver } = context;
  const { copyString, statusTypes } = catalog.idioms;
  const returns = returnType(context, fn.flow.fact);
  if (what === 'pointer' || source === undefined || op.kind !== 'assign' || op.declares) return [];
  if (returns === undefined || !statusTypes.includes(returns) || pathOf(to).includes('*')) return [];
  const { range } = driver.placeOf({ fn: fn.id, range: (op satisfies AssignOp).statement });
  const written = text.slice(range.start, range.end);
  if (!written.endsWith(';') || (written.match(/=/g)?.length ?? 0) !== 1 || written.includes(',')) return [];
  const left = written.slice(0, written.indexOf('=')).trim();
  const target = what === 'buffer' ? /^(.*\w)\.Buffer$/.exec(left)?.[1] : left;
  if (target === undefined || !/^[\w.]+$/.test(target)) return [];
  const lines = copyString.map((line) => line.replaceAll('{to}', target).replaceAll('{from}', source));
  return [
    {
      title: `Copy the string into memory of its own`,
      safety: 'suggestion',
      edits: [linesBefore(text, range, lines), removeStatement(text, range)],
    },
  ];
}

/** Type that the function returns; that of its role when it is declared by one. */
function returnType({ facts, catalog }: RuleContext, fact: FunctionFact): string | undefined {
  if (fact.returns !== undefined) return fact.returns;
  const role = facts.functions.get(fact.name)?.find((item) => item.role !== undefined)?.role;
  return role === undefined ? undefined : catalog.roles.get(role)?.returns;
}
