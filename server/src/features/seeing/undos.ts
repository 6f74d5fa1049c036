import type { Catalog } from '../../catalog/catalog.ts';
import type { DriverFacts, DriverPlace } from '../../driver/driver-facts.ts';
import { callsOf } from '../../driver/lifecycle/function-traits.ts';
import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import type { HandleUse } from '../../driver/lifecycle/handles.ts';
import { scoped } from '../../driver/lifecycle/handle-shares.ts';
import { unloadRoutines } from '../../driver/lifecycle/roots.ts';
import { type CallSite, nameSpot } from '../../rules/support/reach.ts';
import { callerOf, type Registration, registrationsOf } from './registrations.ts';

/** The calls that undo a registration, as far as handles tell: those that may mean another one are left out. */
export function undosOf(
  registration: Registration,
  driver: DriverFacts,
  catalog: Catalog,
): readonly CallSite[] {
  const undo = registration.entry.registration?.undo?.call;
  if (undo === undefined) return [];
  const { functions } = driver.lifecycle.table;
  const found: CallSite[] = [];
  for (const fn of functions.values()) {
    if (!fn.flow.graph.calls.has(undo)) continue;
    for (const op of callsOf(fn.flow.graph)) {
      if (op.callee !== undo) continue;
      const use = driver.handles.uses.find(({ at }) => at.fn === fn.id && at.range === op.range);
      if (use ? takes(use, registration, driver, catalog) : isOnlyOne(registration, driver, catalog))
        found.push({ fn, op });
    }
  }
  return found;
}

/** Registrations whose handle a call gets. */
export const registrationsBehind = (
  use: HandleUse,
  driver: DriverFacts,
  catalog: Catalog,
): readonly Registration[] =>
  registrationsOf(driver, catalog).all.filter((one) => takes(use, one, driver, catalog));

/** The call gets the handle of this registration, and nothing speaks for another one. */
function takes(use: HandleUse, registration: Registration, driver: DriverFacts, catalog: Catalog): boolean {
  const { entry } = registration;
  if (!use.expected.includes(entry.name)) return false;
  const user = driver.functionOf(use.at);
  const kept = handlePlaceOf(registration, driver);
  if (user && use.key !== undefined && kept === scoped(user, use.key)) return true;
  const alike = registrationsOf(driver, catalog).all.filter(({ entry: other }) => other === entry);
  if (alike.length > 1) return false;
  if (use.actual) return use.actual.length === 1 && use.actual[0] === entry.name;
  return isOnlyOne(registration, driver, catalog);
}

/** No other registration of the driver is undone by the same call. */
function isOnlyOne({ entry }: Registration, driver: DriverFacts, catalog: Catalog): boolean {
  const undo = entry.registration?.undo?.call;
  const rivals = registrationsOf(driver, catalog).all.filter(
    ({ entry: other }) => other.registration?.undo?.call === undo,
  );
  return driver.isWhole && undo !== undefined && rivals.length === 1;
}

/** Where the handle is kept, in the terms of `scoped`. */
function handlePlaceOf(registration: Registration, driver: DriverFacts): string | undefined {
  const fn = callerOf(registration, driver);
  const { call, entry } = registration;
  if (!fn) return undefined;
  const start = call.range.start - fn.flow.fact.range.start;
  const op = callsOf(fn.flow.graph).find((item) => item.range.start === start && item.callee === call.name);
  const value = op?.arguments[entry.parameters.findIndex(({ role }) => role === 'handleOut')]?.value;
  if (value?.kind === 'address') return scoped(fn, value.key);
  return value?.kind === 'place' ? scoped(fn, `${value.key}.*`) : undefined;
}

/** Where an undo call's name stands. */
export const undoPlace = (site: CallSite, driver: DriverFacts): DriverPlace => driver.placeOf(nameSpot(site));

/**
 * Of the calls that undo a registration those that count for its end: what the unload routine or its like leads to, if
 * anything; else those of other functions, for where it is registered only a failure undoes it.
 */
export function finalUndos(
  registration: Registration,
  driver: DriverFacts,
  catalog: Catalog,
): readonly CallSite[] {
  const undos = undosOf(registration, driver, catalog);
  const { table, bindings } = driver.lifecycle;
  const { undo, lifetime } = registration.entry.registration ?? {};
  const from = new Set(undo?.from ?? []);
  const routines: FunctionId[] = bindings
    .filter(({ slot }) => slot !== undefined && from.has(slot))
    .map(({ fn }) => fn.id);
  if (lifetime === 'driver')
    routines.push(...(unloadRoutines(table, catalog.idioms.unloadSlots)?.keys() ?? []));
  const reached = table.reachable(routines);
  const last = undos.filter(({ fn }) => reached.has(fn.id));
  const { file, call } = registration;
  return last.length > 0
    ? last
    : undos.filter(({ fn }) => fn.file !== file || fn.flow.fact.name !== call.inFunction);
}

/** The functions that the system calls to unload the driver; empty when that cannot be told. */
export function unloadFunctions(driver: DriverFacts, catalog: Catalog): readonly DriverFunction[] {
  const { table, bindings } = driver.lifecycle;
  const slots = new Set(catalog.idioms.unloadSlots);
  const found = new Set(
    bindings.flatMap(({ fn, slot }) => (slot !== undefined && slots.has(slot) ? [fn] : [])),
  );
  for (const id of unloadRoutines(table, catalog.idioms.unloadSlots)?.keys() ?? []) {
    const fn = table.functions.get(id);
    if (fn) found.add(fn);
  }
  return [...found];
}
