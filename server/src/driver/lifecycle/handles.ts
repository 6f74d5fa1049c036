import type { Catalog } from '../../catalog/catalog.ts';
import type { Key } from '../../flow/graph.ts';
import { sameItems } from '../same-items.ts';
import { callsOf } from './function-traits.ts';
import type { DriverFunction, FunctionId, FunctionTable } from './functions.ts';
import {
  placesIn,
  type Provision,
  sameProvision,
  sameStep,
  scoped,
  type Share,
  shareOf,
  type Step,
} from './handle-shares.ts';
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
