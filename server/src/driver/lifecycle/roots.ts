import type { Catalog } from '../../catalog/catalog.ts';
import type { FileFacts } from '../facts.ts';
import type { DriverFunction, FunctionId, FunctionTable } from './functions.ts';
import { withIndex } from '../../text/ends.ts';

/** A function that the system calls, and what for. */
export interface Binding {
  readonly fn: DriverFunction;
  readonly role: string;
  /** Table member or slot that it is stored in; undefined when only a declaration says so. */
  readonly slot: string | undefined;
  /** Structure of the table, for members of one. */
  readonly structure: string | undefined;
}

/** What a file says of a name: the system calls it in this role. */
interface Claim {
  readonly name: string;
  readonly role: string;
  readonly slot?: string;
  readonly structure?: string;
  /** Only a declaration says so: a slot that says the same says more. */
  readonly isDeclared?: true;
}

/** Functions of a driver with the roles that the system calls them in. */
export function bindingsOf(files: readonly FileFacts[], table: FunctionTable, catalog: Catalog): Binding[] {
  const found = new Map<string, Binding>();
  /** Functions with their roles that a slot holds. */
  const stored = new Set<string>();
  for (const file of files) {
    for (const { name, role, slot, structure, isDeclared } of claimsOf(file, catalog)) {
      const callee = table.resolve(name, file);
      if (callee.kind !== 'own') continue;
      const { fn } = callee;
      if (isDeclared && stored.has(`${fn.id} ${role}`)) continue;
      if (slot !== undefined) stored.add(`${fn.id} ${role}`);
      const key = `${fn.id} ${role} ${slot ?? ''}`;
      if (!found.has(key)) found.set(key, { fn, role, slot, structure });
    }
  }
  return [...found.values()];
}

/** An edit leaves other files alone, and what they say. */
const claims = new WeakMap<FileFacts, { readonly catalog: Catalog; readonly claims: readonly Claim[] }>();

function claimsOf(file: FileFacts, catalog: Catalog): readonly Claim[] {
  const known = claims.get(file);
  if (known?.catalog === catalog) return known.claims;
  const made = [...readClaims(file, catalog)];
  claims.set(file, { catalog, claims: made });
  return made;
}

function* readClaims(file: FileFacts, catalog: Catalog): Generator<Claim> {
  for (const { structure, writes } of file.tables) {
    const members = catalog.structures.get(structure)?.members;
    for (const { slot, value } of writes) {
      const role = members?.find(({ name }) => name === slot)?.role;
      if (role !== undefined && value.kind === 'name') yield { name: value.name, role, slot, structure };
    }
  }
  const objects = new Set(catalog.objects.values());
  for (const { slot, value } of file.objectWrites) {
    if (value.kind !== 'name') continue;
    for (const object of objects) {
      const entry = object.slots.find(({ name }) => name === withIndex(slot, ''));
      if (entry) yield { name: value.name, role: entry.role, slot: withIndex(slot, '') };
    }
  }
  for (const [name, declarations] of file.functions) {
    for (const { role } of declarations) {
      const entry =
        role === undefined ? undefined : (catalog.roles.get(role) ?? catalog.rolesByPointer.get(role));
      if (entry) yield { name, role: entry.name, isDeclared: true };
    }
  }
  for (const { definition, entry } of file.entryPoints) {
    const role = catalog.entryPoints.get(entry)?.role;
    if (role !== undefined) yield { name: definition.name, role };
  }
}

/** Functions that members named like an unload slot get, in any structure, the frameworks' own included. */
export function unloadRoutines(
  table: FunctionTable,
  slots: readonly string[],
): ReadonlyMap<FunctionId, string> | undefined {
  const known = assigned.get(table);
  if (known) return known.routines;
  const routines = assignedTo(table, slots);
  assigned.set(table, { routines });
  return routines;
}

const assigned = new WeakMap<
  FunctionTable,
  { readonly routines: ReadonlyMap<FunctionId, string> | undefined }
>();

function assignedTo(table: FunctionTable, slots: readonly string[]): Map<FunctionId, string> | undefined {
  const found = new Map<FunctionId, string>();
  const wanted = new Set(slots);
  for (const fn of table.functions.values()) {
    for (const { ops } of fn.flow.graph.blocks) {
      for (const op of ops) {
        if (op.kind !== 'assign') continue;
        const slot = /\.(\w+)$/.exec(op.to)?.[1];
        if (slot === undefined || !wanted.has(slot)) continue;
        if (op.value.kind === 'number' && op.value.value === 0) continue;
        if (op.value.kind !== 'name') return undefined;
        const callee = table.resolve(op.value.name, fn.file);
        if (callee.kind !== 'own') return undefined; // its body is out of sight
        found.set(callee.fn.id, slot);
      }
    }
  }
  return found;
}
