import type { Catalog } from '../../catalog/catalog.ts';
import type { RoleEntry } from '../../catalog/entry.ts';
import type { DriverFacts } from '../../driver/driver-facts.ts';
import type { FileFacts } from '../../driver/facts.ts';
import { callsOf } from '../../driver/lifecycle/function-traits.ts';
import type { DriverFunction, FunctionId } from '../../driver/lifecycle/functions.ts';
import { unloadRoutines } from '../../driver/lifecycle/roots.ts';
import type { RuleContext } from '../../rules/rule.ts';
import type { Finding } from '../diagnostics.ts';
import { Definitions } from './definitions.ts';
import { Places } from './places.ts';

export interface MapInput {
  readonly driver: DriverFacts;
  readonly catalog: Catalog;
  readonly name: string;
  readonly configuration: string | undefined;
  readonly textOf: (uri: string) => string | undefined;
  /** Sources and headers of the driver, those that say nothing included. */
  readonly files: readonly string[];
  /** Of all files of the driver. */
  readonly findings: readonly Finding[];
}

/** A function that the system calls, as far as the text tells. */
export interface Root {
  readonly fn: DriverFunction;
  readonly slot: string | undefined;
  readonly role: RoleEntry | undefined;
  readonly isEntry: boolean;
  /** The slot is one whose function unloads. */
  readonly isUnload: boolean;
}

/** What the parts of a map are made from. */
export interface Scope extends MapInput {
  readonly places: Places;
  /** Functions in files that were not analysed. */
  readonly definitions: Definitions;
  readonly roots: readonly Root[];
  readonly unique: (id: string) => string;
  readonly contextOf: (file: FileFacts) => RuleContext;
}

export function scopeOf(input: MapInput): Scope {
  const { driver, catalog, textOf } = input;
  const places = new Places(driver, textOf);
  const contexts = new Map<FileFacts, RuleContext>();
  const taken = new Set<string>();
  return {
    ...input,
    places,
    definitions: new Definitions(
      input.files.filter((uri) => !driver.files.has(uri)),
      textOf,
    ),
    roots: rootsOf(input),
    unique(id) {
      let free = id;
      for (let count = 2; taken.has(free); count++) free = `${id}~${count}`;
      taken.add(free);
      return free;
    },
    contextOf(facts) {
      let known = contexts.get(facts);
      if (!known) {
        const { uri } = facts;
        known = { facts, driver, catalog, text: textOf(uri) ?? '', lines: places.lines(uri), textOf };
        contexts.set(facts, known);
      }
      return known;
    },
  };
}

/** Each function once: the entry point first, then by file and line. */
function rootsOf({ driver, catalog }: MapInput): Root[] {
  const { bindings, table } = driver.lifecycle;
  const entries = new Set([...catalog.entryPoints.values()].map(({ role }) => role));
  const unload = new Set(catalog.idioms.unloadSlots);
  /** Roles of the functions that unload. */
  const unloading = new Set([
    ...[...catalog.structures.values()].flatMap(({ members }) =>
      members.flatMap(({ name, role }) => (unload.has(name) ? (role ?? []) : [])),
    ),
    ...[...catalog.objects.values()].flatMap(({ slots }) =>
      slots.flatMap(({ name, role }) => (unload.has(name) ? role : [])),
    ),
  ]);
  // What an entry point calls to do its work may be declared like one.
  const isHelper = (fn: DriverFunction): boolean => table.callers(fn.id).size > 0;
  const found = new Map<FunctionId, Root>();
  const add = (root: Root): void => {
    const known = found.get(root.fn.id);
    if (!known || (!known.isEntry && known.slot === undefined && root.slot !== undefined))
      found.set(root.fn.id, root);
  };
  for (const { fn, slot, role } of bindings) {
    if (entries.has(role) && isHelper(fn)) continue;
    add({
      fn,
      slot,
      role: catalog.roles.get(role),
      isEntry: entries.has(role),
      isUnload: slot === undefined ? unloading.has(role) : unload.has(slot),
    });
  }
  for (const [id, slot] of unloadRoutines(table, catalog.idioms.unloadSlots) ?? []) {
    const fn = table.functions.get(id);
    if (fn) add({ fn, slot, role: undefined, isEntry: false, isUnload: true });
  }
  return [...found.values()].toSorted((a, b) => Number(b.isEntry) - Number(a.isEntry) || inOrder(a.fn, b.fn));
}

/** By file, then by line. */
export const inOrder = (a: DriverFunction, b: DriverFunction): number =>
  (a.file.uri < b.file.uri ? -1 : a.file.uri > b.file.uri ? 1 : 0) ||
  a.flow.fact.range.start - b.flow.fact.range.start;

export type Call = ReturnType<typeof callsOf>[number];

const sorted = new WeakMap<readonly Call[], readonly Call[]>();

/** Calls of a function as they are written. */
export function callsInOrder(fn: DriverFunction): readonly Call[] {
  const calls = callsOf(fn.flow.graph);
  let known = sorted.get(calls);
  if (!known) {
    const seen = new Set<string>();
    known = calls
      .toSorted((a, b) => a.range.start - b.range.start)
      // A `__finally` body stands once in the text, however often it is in the graph.
      .filter(({ range, callee }) => {
        const key = `${range.start} ${callee ?? ''}`;
        return seen.has(key) ? false : seen.add(key);
      });
    sorted.set(calls, known);
  }
  return known;
}

/** Last name in an expression: `Dma` of `&adapter->Dma`. */
export const lastName = (text: string): string | undefined => text.match(/\w+/g)?.at(-1);

/** `PASSIVE_LEVEL`, or `<= DISPATCH_LEVEL` where it may be lower. */
export const irqlText = ({ irql }: RoleEntry): string => (irql.exact ? irql.max : `<= ${irql.max}`);
