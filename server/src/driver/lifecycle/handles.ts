import type { Catalog } from '../../catalog/catalog.ts';
import {
  type CallOp,
  type Expr,
  type FunctionGraph,
  isGlobal,
  type Key,
  pathOf,
  rootOf,
  tailOf,
} from '../../flow/graph.ts';
import { callsOf, type DriverFunction, type FunctionId, type FunctionTable } from './functions.ts';
import type { Spot } from './memory.ts';
import type { Binding } from './roots.ts';

/** A handle that a catalogue call gets, with what is known of where it comes from. */
export interface HandleUse {
  readonly call: string;
  readonly at: Spot;
  readonly nameAt: Spot;
  readonly argument: number;
  readonly argumentAt: Spot;
  /** Calls, and handler parameters as `ROLE#index`, that hand out what the call expects. */
  readonly expected: readonly string[];
  /** Those that hand out what it gets: all of them, or undefined when that cannot be told. */
  readonly actual: readonly string[] | undefined;
  /** The place it is read from. */
  readonly key: Key | undefined;
}

/** A place where a handle is kept. */
export interface HandlePlace {
  readonly provider: string;
  readonly key: Key;
  readonly fn: DriverFunction;
}

/** A value of one place is put into another. */
interface Flow {
  readonly from: string;
  readonly to: string;
}

/** Where the handles of a driver come from and go to. Order is not looked at: a place either holds one kind or several. */
export class Handles {
  readonly uses: readonly HandleUse[];
  readonly places: readonly HandlePlace[];
  readonly #providers = new Map<string, Set<string>>();
  /** Places that also get values of unknown kind. */
  readonly #mixed = new Set<string>();

  constructor(table: FunctionTable, bindings: readonly Binding[], catalog: Catalog) {
    const places: HandlePlace[] = [];
    const flows: Flow[] = [];
    const wanted = new Set(
      [...catalog.calls.values()].flatMap(({ parameters }) =>
        parameters.flatMap(({ handleFrom }) => handleFrom ?? []),
      ),
    );
    for (const { fn, role } of bindings) {
      fn.flow.graph.parameters.forEach((name, index) => {
        const provider = `${role}#${index}`;
        if (!wanted.has(provider)) return;
        this.#provide(scoped(fn, name), provider);
      });
    }
    const called = new Set<string>();
    for (const fn of table.functions.values()) {
      const own = assignedIn(fn);
      flows.push(...own.flows);
      for (const at of own.mixed) this.#mixed.add(at);
      for (const op of callsOf(fn.flow.graph)) this.#arguments(fn, op, table, catalog, flows, places, called);
    }
    const bound = new Set(bindings.map(({ fn }) => fn.id));
    for (const fn of table.functions.values()) {
      // A function that somebody out of sight may call gets what nobody knows.
      if (!called.has(fn.id) && !bound.has(fn.id))
        for (const { plain } of placesIn(fn).parameters) this.#mixed.add(plain);
    }
    this.#settle(flows);
    this.places = places;
    this.uses = [...table.functions.values()].flatMap((fn) => this.#usesIn(fn, catalog));
  }

  /** Everything that may hand out what the place holds; undefined when it is not known, or nothing of the catalogue's. */
  providersOf(fn: DriverFunction, key: Key): readonly string[] | undefined {
    const at = scoped(fn, key);
    const found = this.#providers.get(at);
    return found && found.size > 0 && !this.#mixed.has(at) ? [...found] : undefined;
  }

  #provide(at: string, provider: string): boolean {
    const known = this.#providers.get(at) ?? new Set();
    if (known.has(provider)) return false;
    this.#providers.set(at, known.add(provider));
    return true;
  }

  #arguments(
    fn: DriverFunction,
    op: CallOp,
    table: FunctionTable,
    catalog: Catalog,
    flows: Flow[],
    places: HandlePlace[],
    called: Set<string>,
  ): void {
    const entry = op.callee === undefined ? undefined : catalog.calls.get(op.callee);
    const callee = op.callee === undefined ? undefined : table.resolve(op.callee, fn.file);
    const own = callee?.kind === 'own' ? callee.fn : undefined;
    if (own) called.add(own.id);
    if (!entry && !own) {
      for (const at of placesIn(fn).handedOut.get(op) ?? []) this.#mixed.add(at);
      return;
    }
    const targets = own && placesIn(own);
    op.arguments.forEach(({ value }, index) => {
      const parameter = entry?.parameters[index];
      if (entry?.registration && parameter?.role === 'handleOut') {
        const key =
          value.kind === 'address' ? value.key : value.kind === 'place' ? `${value.key}.*` : undefined;
        if (key === undefined) return;
        this.#provide(scoped(fn, key), entry.name);
        places.push({ provider: entry.name, key, fn });
        return;
      }
      const target = targets?.parameters[index];
      if (target !== undefined) {
        addFlow(fn, value, target.plain, flows, this.#mixed);
        // `*out` of the callee is what the caller passed the address of.
        if (value.kind === 'address') {
          this.#mixed.delete(target.plain);
          flows.push({ from: target.pointedTo, to: scoped(fn, value.key) });
        }
      } else if (value.kind === 'address' && !entry) this.#mixed.add(scoped(fn, value.key));
    });
  }

  #settle(flows: readonly Flow[]): void {
    const seeded = new Set(this.#providers.keys());
    for (let changed = true; changed;) {
      changed = false;
      for (const { from, to } of flows) {
        for (const provider of this.#providers.get(from) ?? [])
          if (this.#provide(to, provider)) changed = true;
        if (this.#mixed.has(from) && !this.#mixed.has(to)) {
          this.#mixed.add(to);
          changed = true;
        }
      }
    }
    // What flows from a place that nobody is known to fill is of unknown kind.
    for (const { from, to } of flows) {
      if (!this.#providers.has(from) && !seeded.has(from)) this.#mixed.add(to);
    }
  }

  #usesIn(fn: DriverFunction, catalog: Catalog): HandleUse[] {
    const uses: HandleUse[] = [];
    for (const op of callsOf(fn.flow.graph)) {
      const entry = op.callee === undefined ? undefined : catalog.calls.get(op.callee);
      entry?.parameters.forEach((parameter, index) => {
        const argument = op.arguments[index];
        if (parameter.role !== 'handle' || !parameter.handleFrom || !argument) return;
        const key = argument.value.kind === 'place' ? argument.value.key : undefined;
        uses.push({
          call: entry.name,
          at: { fn: fn.id, range: op.range },
          nameAt: { fn: fn.id, range: op.nameRange },
          argument: index,
          argumentAt: { fn: fn.id, range: argument.range },
          expected: parameter.handleFrom,
          actual: key === undefined ? undefined : this.providersOf(fn, key),
          key,
        });
      });
    }
    return uses;
  }
}

/** What goes from one place to another, in a function's own assignments. */
interface Assigned {
  readonly id: FunctionId;
  readonly flows: readonly Flow[];
  /** Places that get a value of unknown kind. */
  readonly mixed: ReadonlySet<string>;
}

/** An edit leaves the graphs of other functions alone, and what they assign. */
const assigned = new WeakMap<FunctionGraph, Assigned>();

function assignedIn(fn: DriverFunction): Assigned {
  const { graph } = fn.flow;
  const known = assigned.get(graph);
  if (known?.id === fn.id) return known;
  const flows: Flow[] = [];
  const mixed = new Set<string>();
  for (const { ops } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'change' || op.kind === 'bits') mixed.add(scoped(fn, op.of));
      else if (op.kind === 'assign' && !(op.declares && op.value.kind === 'unknown'))
        addFlow(fn, op.value, scoped(fn, op.to), flows, mixed);
    }
  }
  const made = { id: fn.id, flows, mixed };
  assigned.set(graph, made);
  return made;
}

/** Places of a function by their names among those of the driver. */
interface Places {
  readonly id: FunctionId;
  readonly parameters: readonly { readonly plain: string; readonly pointedTo: string }[];
  /** Those whose address a call gets. */
  readonly handedOut: ReadonlyMap<CallOp, readonly string[]>;
}

const places = new WeakMap<FunctionGraph, Places>();

function placesIn(fn: DriverFunction): Places {
  const { graph } = fn.flow;
  const known = places.get(graph);
  if (known?.id === fn.id) return known;
  const handedOut = new Map<CallOp, string[]>();
  for (const op of callsOf(graph)) {
    const given = op.arguments.flatMap(({ value }) =>
      value.kind === 'address' ? [scoped(fn, value.key)] : [],
    );
    if (given.length > 0) handedOut.set(op, given);
  }
  const parameters = graph.parameters.map((name) => ({
    plain: scoped(fn, name),
    pointedTo: scoped(fn, `${name}.*`),
  }));
  const made = { id: fn.id, parameters, handedOut };
  places.set(graph, made);
  return made;
}

function addFlow(fn: DriverFunction, value: Expr, to: string, flows: Flow[], mixed: Set<string>): void {
  if (value.kind === 'number') return; // a null handle is none
  if (value.kind === 'place' && !value.key.startsWith('$')) flows.push({ from: scoped(fn, value.key), to });
  else mixed.add(to);
}

/** Places of the file scope by name, members by their own name in whatever structure, locals by function. */
export function scoped(fn: DriverFunction, key: Key): string {
  const path = pathOf(key);
  if (path !== '' && path !== '.*') return `.${tailOf(key)}`;
  return isGlobal(key) ? rootOf(key) : `${fn.id}|${key}`;
}
