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
import { callsOf } from './function-traits.ts';
import type { DriverFunction, FunctionId, FunctionTable } from './functions.ts';
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

/** Where the handles of a driver come from and go to. Order is not looked at: a place either holds one kind or several. */
export class Handles {
  readonly uses: readonly HandleUse[];
  readonly #table: FunctionTable;
  readonly #catalog: Catalog;
  readonly #shares: ReadonlyMap<FunctionId, Share>;
  /** Handles that the system hands to callbacks. */
  readonly #given: readonly Provision[];
  /** Parameters that callers out of sight may set. */
  readonly #open: readonly string[];
  readonly #settled: Settled;
  readonly #usesOf = new Map<FunctionId, readonly HandleUse[]>();
  #places: readonly HandlePlace[] | undefined;

  /** With those of an earlier state of the driver, what an edit did not touch is taken from there. */
  constructor(table: FunctionTable, bindings: readonly Binding[], catalog: Catalog, earlier?: Handles) {
    this.#table = table;
    this.#catalog = catalog;
    this.#given = givenTo(bindings, catalog);
    const functions = [...table.functions.values()];
    this.#shares = new Map(functions.map((fn) => [fn.id, shareOf(fn, table, catalog)]));
    const called = new Set(bindings.map(({ fn }) => fn.id));
    for (const { callees } of this.#shares.values()) for (const id of callees.keys()) called.add(id);
    this.#open = functions.flatMap((fn) =>
      called.has(fn.id) ? [] : placesIn(fn).parameters.map(({ plain }) => plain),
    );
    const base = earlier && this.#saysTheSame(earlier) ? earlier : undefined;
    this.#settled = base ? base.#settled : settle([...this.#shares.values()], this.#given, this.#open);
    this.uses = functions.flatMap((fn) => {
      const isSame = base && base.#table.functions.get(fn.id)?.flow.graph === fn.flow.graph;
      const uses = (isSame && base.#usesOf.get(fn.id)) || this.#usesIn(fn, catalog);
      this.#usesOf.set(fn.id, uses);
      return uses;
    });
  }

  /** Most edits have nothing to do with handles. */
  #saysTheSame(earlier: Handles): boolean {
    if (earlier.#catalog !== this.#catalog || earlier.#shares.size !== this.#shares.size) return false;
    if (!sameItems(earlier.#open, this.#open) || !sameItems(earlier.#given, this.#given, sameProvision))
      return false;
    const others = earlier.#shares.entries();
    for (const [id, share] of this.#shares) {
      const [other, before] = others.next().value ?? [];
      if (other !== id || !before || (before !== share && !sameItems(before.steps, share.steps, sameStep)))
        return false;
    }
    return true;
  }

  get places(): readonly HandlePlace[] {
    this.#places ??= [...this.#shares].flatMap(([id, share]) => {
      const fn = this.#table.functions.get(id);
      return fn ? share.kept.map(({ provider, key }) => ({ provider, key, fn })) : [];
    });
    return this.#places;
  }

  /** Everything that may hand out what the place holds; undefined when it is not known, or nothing of the catalogue's. */
  providersOf(fn: DriverFunction, key: Key): readonly string[] | undefined {
    const at = scoped(fn, key);
    const { providers, mixed } = this.#settled;
    const found = providers.get(at);
    return found && found.size > 0 && !mixed.has(at) ? [...found] : undefined;
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

/** A place gets a handle of a kind. */
interface Provision {
  readonly at: string;
  readonly provider: string;
}

/** One thing that code says of places, in its order. */
type Step =
  | ({ readonly kind: 'provide' } & Provision)
  /** It gets a value of unknown kind; or nothing is wrong with it after all. */
  | { readonly kind: 'mix'; readonly at: string }
  | { readonly kind: 'unmix'; readonly at: string }
  /** A value of one place is put into another. */
  | { readonly kind: 'flow'; readonly from: string; readonly at: string };

const sameProvision = (a: Provision, b: Provision): boolean => a.at === b.at && a.provider === b.provider;

function sameStep(a: Step, b: Step): boolean {
  if (a.kind !== b.kind || a.at !== b.at) return false;
  if (a.kind === 'provide') return b.kind === 'provide' && a.provider === b.provider;
  return a.kind !== 'flow' || (b.kind === 'flow' && a.from === b.from);
}

const sameItems = <T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T) => boolean = Object.is,
): boolean => a.length === b.length && a.every((item, index) => isSame(item, b[index] as T));

/** What one function says of handles. */
interface Share {
  readonly id: FunctionId;
  readonly steps: readonly Step[];
  /** Where it keeps handles that registrations hand out. */
  readonly kept: readonly { readonly provider: string; readonly key: Key }[];
  /** Functions of the driver that it calls, with the names of their parameters. */
  readonly callees: ReadonlyMap<FunctionId, readonly string[]>;
}

/** An edit leaves the graphs of other functions alone, and what they say. */
const shares = new WeakMap<
  FunctionGraph,
  { readonly names: object; readonly catalog: Catalog; readonly share: Share }
>();

function shareOf(fn: DriverFunction, table: FunctionTable, catalog: Catalog): Share {
  const known = shares.get(fn.flow.graph);
  if (known?.share.id === fn.id && known.names === table.names && known.catalog === catalog) {
    if (takesTheSame(known.share, table)) return known.share;
  }
  const share = readShare(fn, table, catalog);
  shares.set(fn.flow.graph, { names: table.names, catalog, share });
  return share;
}

/** The parameters of what it calls are still those that it was read with. */
function takesTheSame({ callees }: Share, table: FunctionTable): boolean {
  for (const [id, parameters] of callees) {
    const now = table.functions.get(id)?.flow.graph.parameters ?? [];
    if (now !== parameters && !sameItems(parameters, now)) return false;
  }
  return true;
}

function readShare(fn: DriverFunction, table: FunctionTable, catalog: Catalog): Share {
  const steps: Step[] = [];
  const kept: { provider: string; key: Key }[] = [];
  const callees = new Map<FunctionId, readonly string[]>();
  const { blocks } = fn.flow.graph;
  for (const { ops } of blocks) {
    for (const op of ops) {
      if (op.kind === 'change' || op.kind === 'bits') steps.push({ kind: 'mix', at: scoped(fn, op.of) });
      else if (op.kind === 'assign' && !(op.declares && op.value.kind === 'unknown'))
        steps.push(...flowOf(fn, op.value, scoped(fn, op.to)));
    }
  }
  for (const op of callsOf(fn.flow.graph)) {
    const entry = op.callee === undefined ? undefined : catalog.calls.get(op.callee);
    const callee = op.callee === undefined ? undefined : table.resolve(op.callee, fn.file);
    const own = callee?.kind === 'own' ? callee.fn : undefined;
    if (own) callees.set(own.id, own.flow.graph.parameters);
    if (!entry && !own) {
      for (const at of placesIn(fn).handedOut.get(op) ?? []) steps.push({ kind: 'mix', at });
      continue;
    }
    const targets = own && placesIn(own);
    op.arguments.forEach(({ value }, index) => {
      const parameter = entry?.parameters[index];
      if (entry?.registration && parameter?.role === 'handleOut') {
        const key =
          value.kind === 'address' ? value.key : value.kind === 'place' ? `${value.key}.*` : undefined;
        if (key === undefined) return;
        steps.push({ kind: 'provide', at: scoped(fn, key), provider: entry.name });
        kept.push({ provider: entry.name, key });
        return;
      }
      const target = targets?.parameters[index];
      if (target !== undefined) {
        steps.push(...flowOf(fn, value, target.plain));
        // `*out` of the callee is what the caller passed the address of.
        if (value.kind === 'address') {
          steps.push({ kind: 'unmix', at: target.plain });
          steps.push({ kind: 'flow', from: target.pointedTo, at: scoped(fn, value.key) });
        }
      } else if (value.kind === 'address' && !entry) steps.push({ kind: 'mix', at: scoped(fn, value.key) });
    });
  }
  return { id: fn.id, steps, kept, callees };
}

const wantedBy = new WeakMap<Catalog, ReadonlySet<string>>();

/** Everything that a call of the catalogue expects to have handed out a handle. */
function wantedOf(catalog: Catalog): ReadonlySet<string> {
  let wanted = wantedBy.get(catalog);
  if (!wanted) {
    const parameters = [...catalog.calls.values()].flatMap((call) => call.parameters);
    wanted = new Set(parameters.flatMap(({ handleFrom }) => handleFrom ?? []));
    wantedBy.set(catalog, wanted);
  }
  return wanted;
}

/** Parameters of callbacks in which the system hands over a handle. */
function givenTo(bindings: readonly Binding[], catalog: Catalog): Provision[] {
  const wanted = wantedOf(catalog);
  return bindings.flatMap(({ fn, role }) =>
    fn.flow.graph.parameters.flatMap((name, index) => {
      const provider = `${role}#${index}`;
      return wanted.has(provider) ? [{ at: scoped(fn, name), provider }] : [];
    }),
  );
}

interface Settled {
  readonly providers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Places that also get values of unknown kind. */
  readonly mixed: ReadonlySet<string>;
}

/** Follows handles from place to place until nothing new is found. */
function settle(all: readonly Share[], given: readonly Provision[], open: readonly string[]): Settled {
  const providers = new Map<string, Set<string>>();
  const mixed = new Set<string>();
  const flows: Extract<Step, { kind: 'flow' }>[] = [];
  const provide = ({ at, provider }: Provision): boolean => {
    const known = providers.get(at) ?? new Set();
    if (known.has(provider)) return false;
    providers.set(at, known.add(provider));
    return true;
  };
  for (const one of given) provide(one);
  for (const { steps } of all) {
    for (const step of steps) {
      if (step.kind === 'provide') provide(step);
      else if (step.kind === 'mix') mixed.add(step.at);
      else if (step.kind === 'unmix') mixed.delete(step.at);
      else flows.push(step);
    }
  }
  // A function that somebody out of sight may call gets what nobody knows.
  for (const at of open) mixed.add(at);
  const seeded = new Set(providers.keys());
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, at } of flows) {
      for (const provider of providers.get(from) ?? []) if (provide({ at, provider })) changed = true;
      if (mixed.has(from) && !mixed.has(at)) {
        mixed.add(at);
        changed = true;
      }
    }
  }
  // What flows from a place that nobody is known to fill is of unknown kind.
  for (const { from, at } of flows) if (!providers.has(from) && !seeded.has(from)) mixed.add(at);
  return { providers, mixed };
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

function flowOf(fn: DriverFunction, value: Expr, at: string): Step[] {
  if (value.kind === 'number') return []; // a null handle is none
  return value.kind === 'place' && !value.key.startsWith('$')
    ? [{ kind: 'flow', from: scoped(fn, value.key), at }]
    : [{ kind: 'mix', at }];
}

/** Places of the file scope by name, members by their own name in whatever structure, locals by function. */
export function scoped(fn: DriverFunction, key: Key): string {
  const path = pathOf(key);
  if (path !== '' && path !== '.*') return `.${tailOf(key)}`;
  return isGlobal(key) ? rootOf(key) : `${fn.id}|${key}`;
}
