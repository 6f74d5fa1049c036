import type { RoleEntry } from '../catalog/entry.ts';
import { idOf } from '../driver/lifecycle/functions.ts';
import { defineRule, type RuleContext } from './rule.ts';
import { declaredRoles } from './support/handlers.ts';
import { quoteList, registeredTables } from './support/tables.ts';
import { sameRole } from './support/types.ts';

export default defineRule({
  id: 'optional-handlers-misplaced',
  severity: 'warning',
  stage: 'stable',
  summary:
    'A structure of optional handlers is passed from a function, or by a kind of driver, that cannot use it.',
  why: "Optional services are accepted only while the system calls the function that is meant for them, and only structures of the driver's own kind. Anywhere else the call fails or has no effect.",
  silent: 'The role of the enclosing function is not visible, or several kinds of drivers share it.',
  pages: ['ddi/ndis/nf-ndis-ndissetoptionalhandlers'],
  *check(context) {
    const { catalog } = context;
    for (const { table, call, structure } of registeredTables(context)) {
      const { registerFrom } = structure;
      if (!registerFrom) continue;
      const { roles, isOwn } = rolesOf(context, call.inFunction);
      const [actual] = roles;
      if (!actual) continue;
      const allowed = registerFrom.flatMap((name) => catalog.roles.get(name) ?? []);
      if (allowed.length < registerFrom.length) continue;
      // MINIPORT_SET_OPTIONS and its siblings are one type: the name tells the kind, unless it is the shared one.
      const fits = roles.some((role) =>
        allowed.some(
          (other) => other.name === role.name || (isShared(role, allowed) && sameRole(other, role)),
        ),
      );
      if (fits) continue;
      yield {
        at: table.at,
        message: `'${structure.name}' cannot be passed to '${call.name}' from '${call.inFunction}', ${isOwn ? 'a' : 'which is called by a'} '${actual.name}'`,
        help: `it belongs in ${quoteList(registerFrom)}`,
        page: structure.page,
        about: { call: call.name },
      };
    }
  },
});

/** The role that others name as their own type says nothing about the kind of driver. */
const isShared = (role: RoleEntry, allowed: readonly RoleEntry[]): boolean =>
  allowed.some((other) => other.sameAs?.includes(role.name));

/** Roles the function is declared with, or stored for, or those of the functions that lead to it. */
function rolesOf(context: RuleContext, name: string): { roles: RoleEntry[]; isOwn: boolean } {
  const { facts, catalog } = context;
  const stored = facts.tables.flatMap((table) => {
    const structure = catalog.structures.get(table.structure);
    return table.writes.flatMap((write) => {
      if (write.value.kind !== 'name' || write.value.name !== name) return [];
      const role = structure?.members.find((member) => member.name === write.slot)?.role;
      return role === undefined ? [] : (catalog.roles.get(role) ?? []);
    });
  });
  if (stored.length > 0) return { roles: stored, isOwn: true };
  const declared = declaredRoles(context, facts.functions.get(name) ?? []);
  if (declared.length > 0) return { roles: declared, isOwn: true };
  return { roles: callersRoles(context, idOf(facts.uri, name)), isOwn: false };
}

/** Roles in which the system calls the function, or everything that calls it; none when some caller has no role. */
function callersRoles({ driver, catalog }: RuleContext, id: string): RoleEntry[] {
  const { table, bindings } = driver.lifecycle;
  if (!driver.isWhole) return [];
  const found: RoleEntry[] = [];
  const seen = new Set<string>();
  const todo = [id];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const roles = bindings
      .filter(({ fn }) => fn.id === at)
      .flatMap(({ role }) => catalog.roles.get(role) ?? []);
    found.push(...roles);
    if (roles.length > 0) continue;
    const name = table.functions.get(at)?.flow.fact.name ?? '';
    const isHandedOn = [...table.functions.values()].some(({ flow }) => flow.graph.names.has(name));
    const callers = [...table.callers(at)];
    if (callers.length === 0 || isHandedOn) return []; // somebody out of sight calls it
    todo.push(...callers);
  }
  return found;
}
