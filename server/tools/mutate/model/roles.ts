import type { CallSite, Driver } from './driver.ts';

/** Role types of the functions that take things back: those that the catalogue expects an undo in. */
function teardownRoles(driver: Driver): Set<string> {
  const { catalog } = driver;
  const places = new Set(
    [...catalog.calls.values()].flatMap((entry) => entry.registration?.undo?.from ?? []),
  );
  const roles = new Set<string>();
  for (const place of places) {
    for (const { member } of catalog.members.get(place) ?? []) if (member.role) roles.add(member.role);
    for (const object of catalog.objects.values()) {
      for (const slot of object.slots) if (slot.name === place) roles.add(slot.role);
    }
  }
  return roles;
}

/** Unload routines and halt handlers. A framework's unload role, which has no entry, is known by its name. */
export function teardownFunctions(driver: Driver): Set<string> {
  const wanted = teardownRoles(driver);
  const found = new Set<string>();
  for (const [name, roles] of driver.roles) {
    if (!driver.functions.has(name)) continue;
    if ([...roles].some((role) => wanted.has(role) || /_UNLOAD\b/.test(role))) found.add(name);
  }
  return found;
}

/** Entry points, and handlers from which something is registered. */
export function setupFunctions(driver: Driver): Set<string> {
  const contexts = new Set(driver.registrations.flatMap(({ entry }) => entry.context?.roles ?? []));
  const found = new Set<string>();
  for (const name of driver.functions.keys()) {
    const roles = [...(driver.roles.get(name) ?? [])];
    if (driver.catalog.entryPoints.has(name) || roles.some((role) => contexts.has(role))) found.add(name);
  }
  return found;
}

/** Functions that the system may call because of a registration, and all they call. */
export function handlersOf(call: CallSite, driver: Driver): Set<string> {
  const structures = driver.tablesOf(call);
  return driver.closure(
    driver.memberWrites
      .filter(({ structure, member }) => structures.includes(structure) && member?.role !== undefined)
      .map(({ value }) => value.text.replace(/^[&(\s]+|[)\s]+$/g, '')),
  );
}

/** Registrations of the driver whose undo this call is. */
export const registrationsOf = (undo: CallSite, driver: Driver): CallSite[] =>
  driver.registrations.filter(({ entry }) => entry.registration?.undo?.call === undo.entry.name);

/** Where an undo stands: on the way of setting up, or of taking down. A helper of both counts as the former. */
export function undoPlace(undo: CallSite, driver: Driver): 'setup' | 'teardown' | undefined {
  const teardown = teardownFunctions(driver);
  const { name } = undo.fn;
  if (teardown.has(name)) return 'teardown';
  if (driver.closure(setupFunctions(driver)).has(name)) return 'setup';
  return driver.closure(teardown).has(name) ? 'teardown' : undefined;
}

/** True when the call runs, perhaps among others, in an unload routine or halt handler or in a helper of one. */
export const runsInTeardown = (call: CallSite, driver: Driver): boolean =>
  driver.closure(teardownFunctions(driver)).has(call.fn.name);
