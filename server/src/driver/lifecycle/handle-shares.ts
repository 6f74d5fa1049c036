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
import { sameItems } from '../same-items.ts';
import { callsOf } from './function-traits.ts';
import type { DriverFunction, FunctionId, FunctionTable } from './functions.ts';

/** A place gets a handle of a kind. */
export interface Provision {
  readonly at: string;
  readonly provider: string;
}

/** One thing that code says of places, in its order. */
export type Step =
  | ({ readonly kind: 'provide' } & Provision)
  /** It gets a value of unknown kind; or nothing is wrong with it after all. */
  | { readonly kind: 'mix'; readonly at: string }
  | { readonly kind: 'unmix'; readonly at: string }
  /** A value of one place is put into another. */
  | { readonly kind: 'flow'; readonly from: string; readonly at: string };

/** Both hand out the same kind of handle at the same place. */
export const sameProvision = (a: Provision, b: Provision): boolean =>
  a.at === b.at && a.provider === b.provider;

/** Both say the same. */
export function sameStep(a: Step, b: Step): boolean {
  if (a.kind !== b.kind || a.at !== b.at) return false;
  if (a.kind === 'provide') return b.kind === 'provide' && a.provider === b.provider;
  return a.kind !== 'flow' || (b.kind === 'flow' && a.from === b.from);
}

/** What one function says of handles. */
export interface Share {
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

/** What a function says of handles; from an earlier look at it, when that still holds. */
export function shareOf(fn: DriverFunction, table: FunctionTable, catalog: Catalog): Share {
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

/** Places of a function by their names among those of the driver. */
interface Places {
  readonly id: FunctionId;
  readonly parameters: readonly { readonly plain: string; readonly pointedTo: string }[];
  /** Those whose address a call gets. */
  readonly handedOut: ReadonlyMap<CallOp, readonly string[]>;
}

const places = new WeakMap<FunctionGraph, Places>();

/** Places of a function, worked out once. */
export function placesIn(fn: DriverFunction): Places {
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
