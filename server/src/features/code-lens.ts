import type { Catalog } from '../catalog/catalog.ts';
import type { Irql, RoleEntry } from '../catalog/entry.ts';
import type { DriverFacts, DriverPlace } from '../driver/driver-facts.ts';
import type { FileFacts, FunctionFact } from '../driver/facts.ts';
import { callsOf } from '../driver/lifecycle/function-traits.ts';
import { type DriverFunction, idOf } from '../driver/lifecycle/functions.ts';
import { excludeEachOther, isWithin, reachingWrites, slotState } from '../driver/table-state.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { TextRange } from '../text/range.ts';
import { nameOf } from '../text/uri.ts';
import {
  callerOf,
  callPlace,
  type Registration,
  registrationsOf,
  storedPlace,
  type StoredFunction,
  titleOf,
} from './seeing/registrations.ts';
import { finalUndos, undoPlace, unloadFunctions } from './seeing/undos.ts';
import { lastWord, textBefore } from '../text/ends.ts';

/** A line above a piece of code: what the driver registers there, or what for a function is registered. */
export interface CodeLens {
  /** The text that it stands above. */
  readonly range: TextRange;
  readonly title: string;
  /** What it speaks of, in the order of importance. */
  readonly places: readonly DriverPlace[];
}

/** What lenses and their like look at. */
export interface DriverView {
  readonly facts: FileFacts;
  readonly driver: DriverFacts;
  readonly catalog: Catalog;
  readonly textOf: (uri: string) => string | undefined;
  readonly linesOf: (uri: string) => LineIndex | undefined;
}

/** Parts of a lens; what is not known is left out. */
const SEPARATOR = ' · ';
/** Names that a lens lists before it counts. */
const MOST_NAMES = 3;

/** The lenses of one file, from top to bottom. Only what the facts prove is said. */
export function codeLenses(view: DriverView): CodeLens[] {
  const { facts, driver, catalog } = view;
  const { all, stored } = registrationsOf(driver, catalog);
  const lenses = all.filter(({ file }) => file === facts).map((one) => registrationLens(one, view));
  const entries = new Set(facts.entryPoints.map(({ definition }) => definition.name));
  for (const [name, { fact }] of facts.flows) {
    if (fact.uri !== facts.uri) continue;
    const fn = driver.lifecycle.table.functions.get(idOf(facts.uri, name));
    if (!fn) continue;
    const lens = entries.has(name) ? entryLens(fn, view) : handlerLens(fn, stored.get(fn.id) ?? [], view);
    if (lens) lenses.push(lens);
  }
  return lenses.toSorted((a, b) => a.range.start - b.range.start);
}

// ----------------------------------------------------------------------------------------- a registration

function registrationLens(one: Registration, { driver, catalog }: DriverView): CodeLens {
  const undos = finalUndos(one, driver, catalog);
  const names = [...new Set(undos.map(({ fn }) => fn.flow.fact.name))];
  const { functions } = driver.lifecycle.table;
  const handlers = [...registrationsOf(driver, catalog).stored].flatMap(([id, stored]) =>
    stored.some(({ registrations }) => registrations.includes(one)) ? (functions.get(id) ?? []) : [],
  );
  return {
    range: one.call.statement,
    title: joined([titleOf(one, catalog), handlersText(one), named('undone in', names, 'functions')]),
    places: [...undos.map((undo) => undoPlace(undo, driver)), ...handlers.map(functionPlace)],
  };
}

/** `14 handlers`; `14+` when more may be set out of sight, `up to` when some are set under a condition. */
function handlersText({ tables }: Registration): string | undefined {
  let sure = 0;
  let possible = 0;
  let isKnown = tables.length > 0;
  let takesAny = false;
  for (const { table, structure } of tables) {
    const at = table.atCall?.branch ?? [];
    if (!table.isFullyKnown) isKnown = false;
    for (const member of structure.members) {
      if (member.role === undefined) continue;
      takesAny = true;
      if (slotState(table, member.name) !== 'set') continue;
      possible++;
      const writes = reachingWrites(table, member.name);
      const isAlways = isWithin(writes.at(-1)?.branch ?? [], at);
      if (isAlways && writes.every(({ value }) => value.kind === 'name')) sure++;
    }
  }
  if (!takesAny || possible === 0) return undefined;
  const noun = possible === 1 ? 'handler' : 'handlers';
  if (sure === possible) return isKnown ? `${sure} ${noun}` : `${sure}+ handlers`;
  // Neither bound is known.
  return isKnown ? `up to ${possible} ${noun}` : undefined;
}

// ------------------------------------------------------------------------------------------ the entry point

function entryLens(fn: DriverFunction, view: DriverView): CodeLens | undefined {
  const { driver, catalog } = view;
  const registrations = registeredFrom(fn, view);
  if (registrations.length === 0) return undefined;
  const unloads = unloadFunctions(driver, catalog);
  return {
    range: startOf(fn.flow.fact, view),
    title: joined([
      registersText(registrations, catalog),
      named(
        'unloads in',
        unloads.map((one) => one.flow.fact.name),
        'functions',
      ),
    ]),
    places: [...registrations.map(callPlace), ...unloads.map(functionPlace)],
  };
}

/** Registrations for the life of the driver, in the order in which the entry point and what it calls make them. */
function registeredFrom(entry: DriverFunction, { driver, catalog }: DriverView): Registration[] {
  const { table } = driver.lifecycle;
  const all = registrationsOf(driver, catalog).all.filter(
    (one) => one.entry.registration?.lifetime === 'driver',
  );
  const found = new Set<Registration>();
  const seen = new Set<string>();
  const visit = (fn: DriverFunction): void => {
    if (seen.has(fn.id)) return;
    seen.add(fn.id);
    const { start } = fn.flow.fact.range;
    const calls = callsOf(fn.flow.graph).toSorted((a, b) => a.range.start - b.range.start);
    for (const { callee, range } of calls) {
      if (callee === undefined) continue;
      const own = all.find(
        (one) => callerOf(one, driver) === fn && one.call.range.start === start + range.start,
      );
      if (own) found.add(own);
      const next = table.resolve(callee, fn.file);
      if (next.kind === 'own') visit(next.fn);
    }
  };
  if (all.length > 0) visit(entry);
  return [...found];
}

/** `registers NDIS 6.30 miniport, control device`; with `or` when some never run together. */
function registersText(registrations: readonly Registration[], catalog: Catalog): string {
  const counts = new Map<string, number>();
  for (const one of registrations) {
    const title = titleOf(one, catalog);
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const isEither = registrations.some((a) =>
    registrations.some(
      (b) =>
        a.file === b.file &&
        a.call.inFunction === b.call.inFunction &&
        excludeEachOther(a.call.branch, b.call.branch),
    ),
  );
  const titles = [...counts].map(([title, count]) =>
    count > 1 && !isEither ? `${count} × ${title}` : title,
  );
  const shown = titles.slice(0, MOST_NAMES);
  const rest = titles.length - shown.length;
  const list = isEither ? shown.join(' or ') : shown.join(', ');
  return rest > 0 ? `registers ${list} and ${rest} more` : `registers ${list}`;
}

// ------------------------------------------------------------------------------------------------ a handler

function handlerLens(
  fn: DriverFunction,
  stored: readonly StoredFunction[],
  view: DriverView,
): CodeLens | undefined {
  const { driver, catalog, textOf } = view;
  const range = startOf(fn.flow.fact, view);
  if (stored.length === 0) {
    // Its declaration says what it is for; who stores it is out of sight.
    const roles = driver.lifecycle.bindings.flatMap((binding) =>
      binding.fn === fn && binding.slot === undefined ? (catalog.roles.get(binding.role) ?? []) : [],
    );
    const [role, ...others] = roles;
    if (!role || others.length > 0 || isGeneral(role, catalog)) return undefined;
    return { range, title: joined([role.title, irqlLabel(role.irql)]), places: [] };
  }
  const places = stored.map((one) => storedPlace(one, textOf));
  const [place] = places;
  const verb = stored.every(({ registrations }) => registrations.length > 0) ? 'registered' : 'set';
  const where = places.length === 1 && place ? placeText(place, view) : `${places.length} places`;
  return {
    range,
    title: joined([
      counted([...new Set(stored.map(slotTitle))]),
      commonIrql(
        stored.map(({ role }) => role),
        catalog,
      ),
      where === undefined ? undefined : `${verb} at ${where}`,
    ]),
    places,
  };
}

/** `MiniportPause` for a member of a table; `DriverUnload`, `IRP_MJ_PNP` for a slot of an object. */
function slotTitle({ role, slot, isSlot }: StoredFunction): string {
  if (!isSlot) return role.title;
  const index = /\[(\w+)\]$/.exec(slot)?.[1];
  return index ?? (lastWord(textBefore(slot, '[')) || slot);
}

/** The level that functions of all these roles run at. */
export function commonIrql(roles: readonly RoleEntry[], catalog: Catalog): string | undefined {
  if (roles.some((role) => isGeneral(role, catalog))) return undefined;
  const [only, ...others] = new Set(roles.map(({ irql }) => irqlLabel(irql)));
  return others.length > 0 ? undefined : only;
}

/** The role stands for functions that have little in common: all entries of an array, or the entry point itself. */
const isGeneral = ({ name }: RoleEntry, catalog: Catalog): boolean =>
  [...catalog.entryPoints.values()].some(({ role }) => role === name) ||
  [...catalog.objects.values()].some(({ slots }) =>
    slots.some((slot) => slot.role === name && slot.name.endsWith('[]')),
  );

/** `PASSIVE_LEVEL`, `up to DISPATCH_LEVEL`. */
const irqlLabel = ({ max, exact }: Irql): string => (exact || max === 'PASSIVE_LEVEL' ? max : `up to ${max}`);

// -------------------------------------------------------------------------------------------------- places

/** Where a lens over a function stands: above annotations and storage classes on lines of their own, too. */
function startOf({ range }: FunctionFact, { facts, textOf }: DriverView): TextRange {
  const text = textOf(facts.uri) ?? '';
  let { start } = range;
  for (;;) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    if (text.slice(lineStart, start).trim() !== '') break;
    const before = text.lastIndexOf('\n', lineStart - 2) + 1;
    const line = text.slice(before, lineStart).trim();
    if (lineStart === 0 || !/^(?:_\w+_|__\w+|static|extern(?:\s+"C")?)(?:\s*\(.*\))?$/.test(line)) break;
    start = before;
  }
  return { start, end: Math.max(start, range.end) };
}

const functionPlace = ({ file, flow }: DriverFunction): DriverPlace => ({
  uri: file.uri,
  range: flow.fact.nameRange,
});

/** `mux.c:178` */
function placeText({ uri, range }: DriverPlace, { linesOf }: DriverView): string | undefined {
  const line = linesOf(uri)?.positionAt(range.start).line;
  return line === undefined ? undefined : `${nameOf(uri)}:${line + 1}`;
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(SEPARATOR);

function counted(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more` : names.join(', ');
}

/** `undone in MPUnload`, `undone in 4 functions`; nothing without names. */
function named(lead: string, names: readonly string[], noun: string): string | undefined {
  if (names.length === 0) return undefined;
  if (names.length > MOST_NAMES) return `${lead} ${names.length} ${noun}`;
  return `${lead} ${names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`}`;
}
