import type { Catalog } from '../catalog/catalog.ts';
import type { StructureEntry } from '../catalog/entry.ts';
import type { SlotWrite, TableFact } from './facts.ts';
import { isWithin } from './table-state.ts';

/** The structure of a union's arm; undefined for members that are no arm of it. */
export function armOf(union: StructureEntry, name: string, catalog: Catalog): StructureEntry | undefined {
  const member = union.isUnion ? union.members.find((item) => item.name === name) : undefined;
  return member && catalog.structures.get(member.type);
}

/**
 * A table that is a union as the structure of one of its arms: the named one, else the arm in use. Undefined when that
 * cannot be told.
 */
export function armTable(
  table: TableFact,
  union: StructureEntry,
  catalog: Catalog,
  named?: string,
): TableFact | undefined {
  const arm = named ?? armInUse(table, union);
  const structure = arm === undefined ? undefined : armOf(union, arm, catalog);
  if (arm === undefined || !structure) return undefined;
  const header = structure.objectHeader?.member;
  let isFullyKnown = table.isFullyKnown;
  let writes: SlotWrite[] = [];
  for (const write of table.writes) {
    const [first = '', ...rest] = write.slot.split('.');
    if (first === header) {
      writes.push(write); // all arms begin with the header
    } else if (rest.length === 0) {
      // The whole arm, from somewhere else.
      isFullyKnown = false;
      if (first === arm) writes = [];
    } else if (first === arm) {
      // In nested braces there is no telling how a further member would have to be written.
      const form = write.form === 'designated' ? 'positional' : write.form;
      writes.push({ ...write, slot: rest.join('.'), form });
    } else if (rest[0] === header) {
      writes.push({ ...write, slot: rest.join('.'), form: 'positional' });
    } else isFullyKnown = false; // other members lie where this arm has its own
  }
  return {
    ...table,
    structure: structure.name,
    accessor: `${table.accessor}${arm}.`,
    writes,
    isFullyKnown,
  };
}

/** The arm that was written last on every way to the call. */
function armInUse({ writes, atCall }: TableFact, { members }: StructureEntry): string | undefined {
  const arms = new Set<string>();
  for (const { slot, branch } of writes.toReversed()) {
    const [first = ''] = slot.split('.');
    if (first === slot || !members.some(({ name }) => name === first)) continue;
    arms.add(first);
    if (isWithin(branch, atCall?.branch ?? [])) break;
  }
  const [only] = arms;
  return arms.size === 1 ? only : undefined;
}
