import type { Catalog } from '../../catalog/catalog.ts';
import type { RoleEntry } from '../../catalog/entry.ts';
import type { FunctionFact } from '../../driver/facts.ts';
import { BLANKS, withoutEnd } from '../../text/ends.ts';

const QUALIFIERS =
  /\b(?:const|volatile|struct|union|enum|CONST|IN|OUT|OPTIONAL|register|static|extern|NTAPI|__stdcall|__cdecl)\b/g;

/** Compares C types as the compiler would after typedefs, as far as the catalogue knows them. */
export interface TypeComparison {
  /** `true`, `false`, or undefined when a type is the project's own. */
  readonly same: (actual: string, expected: string) => boolean | undefined;
}

const comparisons = new WeakMap<Catalog, TypeComparison>();

/** Type comparison for a catalogue; made once. */
export function typeComparison(catalog: Catalog): TypeComparison {
  const made = comparisons.get(catalog);
  if (made) return made;
  const groups = new Map<string, string>();
  for (const group of catalog.idioms.sameTypes) {
    for (const name of group) groups.set(name.replace(/\s+/g, ''), group[0] ?? name);
  }
  const canonical = (type: string): string => {
    const text = type.replace(QUALIFIERS, ' ').replace(/\s+/g, '').replace(/\[\]$/, '*');
    const grouped = groups.get(text);
    if (grouped !== undefined) return grouped;
    const pointer = /^P([A-Z]\w*)$/.exec(text)?.[1];
    const spelled = (pointer === undefined ? text : `${pointer}*`).replace(/^_/, '');
    return groups.get(spelled) ?? spelled;
  };
  const known = new Set<string>(groups.values());
  for (const role of catalog.roles.values()) {
    known.add(canonical(role.returns));
    for (const parameter of role.parameters) known.add(canonical(parameter.type));
  }
  const comparison: TypeComparison = {
    same(actual, expected) {
      const [a, b] = [canonical(actual), canonical(expected)];
      if (a === b) return true;
      return known.has(a) && known.has(b) ? false : undefined;
    },
  };
  comparisons.set(catalog, comparison);
  return comparison;
}

/** `NDIS_STATUS` and `NTSTATUS` are different typedefs of one size; handlers may return either. */
const STATUS_LIKE = /^(?:NDIS_STATUS|NTSTATUS|int|INT|LONG|long)$/;

/** What is wrong with a function's prototype for a role; undefined when it fits or cannot be told. */
export function prototypeFault(
  fact: Pick<FunctionFact, 'name' | 'parameters' | 'returns'>,
  role: RoleEntry,
  catalog: Catalog,
): string | undefined {
  const { parameters, returns } = fact;
  if (!parameters || parameters.some(({ type }) => type === '...' || type === '')) return undefined;
  const types = typeComparison(catalog);
  const wanted = role.parameters;
  if (parameters.length !== wanted.length) {
    const count = (n: number) => `${n === 0 ? 'no' : n} parameter${n === 1 ? '' : 's'}`;
    return `'${fact.name}' has ${count(parameters.length)}, '${role.name}' has ${wanted.length === 0 ? 'none' : `${wanted.length}: (${wanted.map(({ type }) => type).join(', ')})`}`;
  }
  for (const [index, parameter] of wanted.entries()) {
    const actual = parameters[index]?.type ?? '';
    if (types.same(actual, parameter.type) !== false) continue;
    if (
      role.notes?.some(
        (note) => note.includes(withoutEnd(actual, `*${BLANKS}`)) && /below|older|before/i.test(note),
      )
    )
      continue;
    return `parameter ${index + 1} of '${fact.name}' is '${actual}', '${role.name}' has '${parameter.type}'`;
  }
  if (returns === undefined || (STATUS_LIKE.test(returns) && STATUS_LIKE.test(role.returns)))
    return undefined;
  return types.same(returns, role.returns) === false
    ? `'${fact.name}' returns '${returns}', '${role.name}' returns '${role.returns}'`
    : undefined;
}

/** True when both are the same role, or may stand for one another. */
export function sameRole(a: RoleEntry, b: RoleEntry): boolean {
  if (a === b || a.name === b.name) return true;
  if (a.sameAs?.includes(b.name) || b.sameAs?.includes(a.name)) return true;
  return (a.sameAs ?? []).some((name) => b.sameAs?.includes(name));
}

/** True when the prototypes are equal, so that the wrong role changes nothing at run time. */
export function samePrototype(a: RoleEntry, b: RoleEntry, catalog: Catalog): boolean {
  const types = typeComparison(catalog);
  return (
    a.parameters.length === b.parameters.length &&
    types.same(a.returns, b.returns) !== false &&
    a.parameters.every((parameter, i) => types.same(parameter.type, b.parameters[i]?.type ?? '') === true)
  );
}
