import type { Catalog } from '../../catalog/catalog.ts';
import type { CallEntry } from '../../catalog/entry.ts';
import type { CallFact, FileFacts, TableFact } from '../../driver/facts.ts';

/**
 * A call that stands where the author types. The text is read with it in place of the half-written statement, so the
 * facts at the cursor are those of any other call: which tables it gets, what was written to them on the way to it.
 */
const HERE = 'driverentry__here';

/** Tables that one call can ask for. */
const MOST_TABLES = 12;

const catalogs = new WeakMap<Catalog, Catalog>();

/** The catalogue with the call in it; made once. */
export function imaginingCatalog(catalog: Catalog): Catalog {
  const made = catalogs.get(catalog);
  if (made) return made;
  const structures = [...new Set([...catalog.structures.values()].map(({ name }) => name))];
  const entry: CallEntry = {
    name: HERE,
    purpose: 'service',
    summary: '',
    page: '',
    header: '',
    since: '',
    parameters: Array.from({ length: MOST_TABLES }, (_, index) => ({
      name: `table${index}`,
      type: 'PVOID',
      direction: 'in',
      meaning: '',
      role: 'table',
      structures,
    })),
    returns: { type: 'void' },
    irql: { max: 'HIGH_LEVEL' },
  };
  const imagining = {
    ...catalog,
    calls: new Map([...catalog.calls, [HERE, entry]]),
    // What stands behind the cursor is as sure as it was.
    idioms: { ...catalog.idioms, readOnly: [...catalog.idioms.readOnly, HERE] },
  };
  catalogs.set(catalog, imagining);
  return imagining;
}

/** The call as code that asks for tables. */
export const imaginedCall = (tables: readonly string[]): string =>
  `${HERE}(${[...new Set(tables)].slice(0, MOST_TABLES).join(', ')});`;

/** What is known where the author types. */
export interface Spot {
  readonly facts: FileFacts;
  readonly call: CallFact;
  /** Tables that were asked for, those that are none left out, as they are at the cursor. */
  readonly tables: readonly TableFact[];
}

/** Undefined where nothing is known: in code that is never compiled, or that cannot be read. */
export function spotIn(facts: FileFacts): Spot | undefined {
  const call = facts.calls.find(({ name }) => name === HERE);
  const tables = facts.registrations.find((item) => item.call === call)?.tables;
  return call && { facts, call, tables: tables ? [...tables.values()] : [] };
}
