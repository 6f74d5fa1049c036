import type { Catalog } from '../../catalog/catalog.ts';
import type { CallEntry, RoleEntry, StructureEntry } from '../../catalog/entry.ts';
import type { DriverFacts, DriverPlace } from '../../driver/driver-facts.ts';
import type { CallFact, FileFacts, ObjectWrite, SlotWrite, TableFact } from '../../driver/facts.ts';
import { type DriverFunction, type FunctionId, idOf } from '../../driver/lifecycle/functions.ts';
import { reachingWrites } from '../../driver/table-state.ts';
import { registeredVersion } from '../../rules/support/header.ts';
import { registeredTables } from '../../rules/support/tables.ts';
import { withIndex } from '../../text/ends.ts';

/** One call that registers something, with what it is given. */
export interface Registration {
  readonly file: FileFacts;
  readonly call: CallFact;
  readonly entry: CallEntry;
  readonly tables: readonly { readonly table: TableFact; readonly structure: StructureEntry }[];
}

/** A function of the driver in a member of a table, or in a slot of the driver object. */
export interface StoredFunction {
  readonly name: string;
  readonly role: RoleEntry;
  /** `PauseHandler`, `MajorFunction[IRP_MJ_PNP]`. */
  readonly slot: string;
  readonly file: FileFacts;
  readonly write: SlotWrite | ObjectWrite;
  /** The registrations that the table reaches; none for a slot of an object. */
  readonly registrations: readonly Registration[];
  readonly isSlot: boolean;
}

/** What a driver registers, joined over its files. */
export interface Registrations {
  readonly all: readonly Registration[];
  /** By the function's id; each write once. */
  readonly stored: ReadonlyMap<FunctionId, readonly StoredFunction[]>;
}

const known = new WeakMap<DriverFacts, Registrations>();

/** The registrations of a driver; worked out once for its facts. */
export function registrationsOf(driver: DriverFacts, catalog: Catalog): Registrations {
  let found = known.get(driver);
  if (!found) known.set(driver, (found = collect(driver, catalog)));
  return found;
}

function collect(driver: DriverFacts, catalog: Catalog): Registrations {
  const all: Registration[] = [];
  const stored = new Map<FunctionId, Map<number, StoredFunction>>();
  const add = (one: StoredFunction): void => {
    const callee = driver.lifecycle.table.resolve(one.name, one.file);
    if (callee.kind !== 'own') return;
    const places = stored.get(callee.fn.id) ?? new Map<number, StoredFunction>();
    stored.set(callee.fn.id, places);
    const at = one.write.range.start;
    const before = places.get(at);
    // A table that is filled once and registered twice is met twice.
    if (before) places.set(at, { ...before, registrations: [...before.registrations, ...one.registrations] });
    else places.set(at, one);
  };
  for (const file of driver.files.values()) {
    const settled = tablesByCall(driver, file, catalog);
    for (const { call } of file.registrations) {
      const entry = catalog.calls.get(call.name);
      if (!entry?.registration) continue;
      const registration: Registration = {
        file,
        call,
        entry,
        tables: settled.get(call) ?? [],
      };
      all.push(registration);
      for (const { table, structure } of registration.tables)
        for (const one of storedIn(table, structure, file, catalog))
          add({ ...one, registrations: [registration] });
    }
    for (const write of file.objectWrites) {
      if (write.value.kind !== 'name') continue;
      const role = slotRole(write.slot, catalog);
      if (role)
        add({ name: write.value.name, role, slot: write.slot, file, write, registrations: [], isSlot: true });
    }
  }
  return { all, stored: new Map([...stored].map(([id, places]) => [id, [...places.values()]])) };
}

type Passed = Registration['tables'][number];

function tablesByCall(driver: DriverFacts, facts: FileFacts, catalog: Catalog): Map<CallFact, Passed[]> {
  const found = new Map<CallFact, Passed[]>();
  for (const { call, table, structure } of registeredTables({ facts, driver, catalog }))
    found.set(call, [...(found.get(call) ?? []), { table, structure }]);
  return found;
}

/** Functions by name that a table holds when it reaches its call. */
function* storedIn(
  table: TableFact,
  structure: StructureEntry,
  file: FileFacts,
  catalog: Catalog,
): Generator<Omit<StoredFunction, 'registrations'>> {
  for (const member of structure.members) {
    const role = member.role === undefined ? undefined : catalog.roles.get(member.role);
    if (!role) continue;
    for (const write of reachingWrites(table, member.name)) {
      if (write.slot !== member.name || write.value.kind !== 'name') continue;
      yield { name: write.value.name, role, slot: member.name, file, write, isSlot: false };
    }
  }
}

/** The role of a slot of a system object: `MajorFunction[IRP_MJ_PNP]` is one of `MajorFunction[]`. */
export function slotRole(slot: string, catalog: Catalog): RoleEntry | undefined {
  const name = withIndex(slot, '');
  for (const object of catalog.objects.values()) {
    const entry = object.slots.find((item) => item.name === name);
    if (entry) return catalog.roles.get(entry.role);
  }
  return undefined;
}

/** `NDIS 6.30`, when both fields of the table have one known value. */
export function versionText(
  table: TableFact,
  structure: StructureEntry,
  catalog: Catalog,
): string | undefined {
  const version = registeredVersion({ catalog }, table, structure);
  // The header's macro for the version starts with the name that people put in front of the number.
  return version && `${structure.version?.majorMacro.split('_')[0]} ${version.version}`;
}

/** `NDIS 6.30 miniport`, `control device`: what is registered, as far as it is known. */
export function titleOf({ entry, tables }: Registration, catalog: Catalog): string {
  const noun = entry.registration?.noun ?? entry.name;
  for (const { table, structure } of tables) {
    const version = versionText(table, structure, catalog);
    if (version !== undefined) return `${version} ${structure.noun}`;
  }
  const choices = entry.parameters.find(({ structures }) => (structures?.length ?? 0) > 1);
  const [first] = tables;
  return choices && first ? `${noun}: ${first.structure.noun}` : noun;
}

/** The function that makes the call. */
export const callerOf = (
  { file, call }: Pick<Registration, 'file' | 'call'>,
  driver: DriverFacts,
): DriverFunction | undefined => driver.lifecycle.table.functions.get(idOf(file.uri, call.inFunction));

/** Where a registration call's name stands. */
export const callPlace = ({ file, call }: Registration): DriverPlace => ({
  uri: file.uri,
  range: call.nameRange,
});

/** The name inside of a stored value, without casts and `&`; the whole value when a macro stands for it. */
export function storedPlace(
  { file, write, name }: Pick<StoredFunction, 'file' | 'write' | 'name'>,
  textOf: (uri: string) => string | undefined,
): DriverPlace {
  const { range } = write;
  const text = textOf(file.uri)?.slice(range.start, range.end) ?? '';
  const at = [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].at(-1)?.index ?? -1;
  const start = range.start + at;
  return { uri: file.uri, range: at < 0 ? range : { start, end: start + name.length } };
}
