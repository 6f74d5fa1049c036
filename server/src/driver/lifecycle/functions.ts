import type { Block, CallOp, Expr, FunctionGraph, Key } from '../../flow/graph.ts';
import { isGlobal, nameOf, operandsOf, pathOf, rootOf, shortName, tailOf } from '../../flow/graph.ts';
import { decidedBlocks } from '../../flow/regions.ts';
import type { FileFacts, FunctionFact, FunctionFlow } from '../facts.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Address of the file and name: one function of the driver. */
export type FunctionId = string;

export interface DriverFunction {
  readonly id: FunctionId;
  /** The id in short, for names that are put together from it. */
  readonly tag: string;
  readonly file: FileFacts;
  readonly flow: FunctionFlow;
}

/** What a function may write, itself or through what it calls. */
export interface Writes {
  readonly globals: ReadonlySet<Key>;
  /** Names of members it writes through pointers. */
  readonly members: ReadonlySet<string>;
}

/** What a name that is called stands for. */
export type Callee =
  | { readonly kind: 'own'; readonly fn: DriverFunction }
  /** Of the system: it changes nothing of the driver's but what it gets the address of. */
  | { readonly kind: 'system' }
  /** Of the driver or a library of its, but its body is not in sight: it may do anything. */
  | { readonly kind: 'opaque' };

/** The functions of one driver: who calls whom, who matters, who writes what. */
export class FunctionTable {
  readonly functions: ReadonlyMap<FunctionId, DriverFunction>;
  readonly #byName = new Map<string, DriverFunction[]>();
  readonly #vocabulary: Vocabulary;
  readonly #resolved = new Map<FileFacts, Map<string, Callee>>();
  readonly #callers = new Map<FunctionId, Set<FunctionId>>();
  readonly #callees = new Map<FunctionId, readonly DriverFunction[]>();
  readonly #named = new Map<FunctionId, readonly DriverFunction[]>();
  readonly #writes = new Map<FunctionId, Writes>();
  /** Functions that register or undo something, themselves or through what they call. */
  readonly registering: ReadonlySet<FunctionId>;
  /** Members and variables whose value decides whether those functions register or undo. */
  readonly guards: ReadonlySet<string>;
  /** Functions whose ways matter to callers that are followed: the above, and those that set up, release or write a guard. */
  readonly mattering: ReadonlySet<FunctionId>;
  /** Functions to follow for their own sake: those that register or undo, or make a call whose status wants an exact test. */
  readonly followed: ReadonlySet<FunctionId>;

  constructor(files: readonly FileFacts[], vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    const functions = new Map<FunctionId, DriverFunction>();
    for (const file of files) {
      for (const [name, flow] of file.flows) {
        const id = idOf(file.uri, name);
        const fn: DriverFunction = { id, tag: shortName(id), file, flow };
        functions.set(fn.id, fn);
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), fn]);
      }
    }
    this.functions = functions;
    for (const fn of functions.values()) {
      const callees = [...fn.flow.graph.calls].flatMap((name) => {
        const callee = this.resolve(name, fn.file);
        return callee.kind === 'own' ? [callee.fn] : [];
      });
      this.#callees.set(fn.id, callees);
      for (const callee of callees) {
        const known = this.#callers.get(callee.id) ?? new Set();
        this.#callers.set(callee.id, known.add(fn.id));
      }
    }
    const { undoneBy, catalog } = vocabulary;
    this.registering = this.upward((fn) =>
      [...fn.flow.graph.calls].some(
        (name) => undoneBy.has(name) || catalog.calls.get(name)?.registration !== undefined,
      ),
    );
    this.guards = this.#guardsOf(this.registering);
    this.followed = new Set([
      ...this.registering,
      ...[...functions.values()].filter((fn) => this.#wantsExactTest(fn)).map(({ id }) => id),
    ]);
    this.mattering = this.upward(
      (fn) => this.registering.has(fn.id) || this.#setsUp(fn) || this.#writesGuard(fn),
    );
  }

  #wantsExactTest(fn: DriverFunction): boolean {
    const { catalog } = this.#vocabulary;
    return [...fn.flow.graph.calls].some((name) => catalog.calls.get(name)?.returns.test === 'exact');
  }

  /** The function a call by name reaches from a file. */
  resolve(name: string, from: FileFacts): Callee {
    let known = this.#resolved.get(from);
    if (!known) this.#resolved.set(from, (known = new Map()));
    let callee = known.get(name);
    if (!callee) known.set(name, (callee = this.#resolve(name, from)));
    return callee;
  }

  #resolve(name: string, from: FileFacts): Callee {
    const candidates = this.#byName.get(name);
    if (candidates) {
      const own = candidates.find((fn) => fn.file === from);
      if (own) return { kind: 'own', fn: own };
      // One in a header that the file includes is its own, too.
      const included = candidates.find(({ file }) =>
        from.functions.get(name)?.some((item) => item.hasBody && item.uri === file.uri),
      );
      if (included) return { kind: 'own', fn: included };
      const visible = candidates.filter((fn) => !fn.flow.fact.isStatic);
      const [only] = visible;
      if (only && visible.length === 1) return { kind: 'own', fn: only };
      if (visible.length > 1) return { kind: 'opaque' };
    }
    const { catalog, isKernel } = this.#vocabulary;
    if (catalog.calls.has(name) || catalog.idioms.readOnly.includes(name)) return { kind: 'system' };
    // Declared by the project without a body that we see: a library, or a file out of reach.
    if (declaredHere(name, from)) return { kind: 'opaque' };
    if (isKernel(name) || from.includesRead) return { kind: 'system' };
    return { kind: /^[A-Z][A-Z0-9_]*$/.test(name) ? 'system' : 'opaque' };
  }

  callees(id: FunctionId): readonly DriverFunction[] {
    return this.#callees.get(id) ?? [];
  }

  callers(id: FunctionId): ReadonlySet<FunctionId> {
    return this.#callers.get(id) ?? NOBODY;
  }

  /** Functions of the driver whose names a function uses as values, as for callbacks. */
  named(id: FunctionId): readonly DriverFunction[] {
    let known = this.#named.get(id);
    if (!known) {
      const fn = this.functions.get(id);
      known = [...(fn?.flow.graph.names ?? [])].flatMap((name) => {
        const named = fn && this.resolve(name, fn.file);
        return named?.kind === 'own' ? [named.fn] : [];
      });
      this.#named.set(id, known);
    }
    return known;
  }

  /** Everything that can run when one of the functions runs, they included. */
  reachable(from: Iterable<FunctionId>): Set<FunctionId> {
    const found = new Set<FunctionId>();
    const todo = [...from];
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      for (const callee of this.callees(id)) todo.push(callee.id);
    }
    return found;
  }

  /** Functions that satisfy the test, and all that call them, at any distance. */
  upward(test: (fn: DriverFunction) => boolean): Set<FunctionId> {
    const found = new Set<FunctionId>();
    const todo: FunctionId[] = [];
    for (const fn of this.functions.values()) if (test(fn)) todo.push(fn.id);
    for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      for (const caller of this.callers(id)) todo.push(caller);
    }
    return found;
  }

  /** What the function and everything it calls may write. */
  writes(id: FunctionId): Writes {
    const known = this.#writes.get(id);
    if (known) return known;
    const globals = new Set<Key>();
    const members = new Set<string>();
    for (const reached of this.reachable([id])) {
      const graph = this.functions.get(reached)?.flow.graph;
      if (!graph) continue;
      for (const key of writtenKeys(graph)) {
        if (isGlobal(key)) globals.add(key);
        if (pathOf(key) !== '') members.add(tailOf(key));
      }
    }
    const writes = { globals, members };
    this.#writes.set(id, writes);
    return writes;
  }

  /** It sets up or releases something that outlives it. */
  #setsUp(fn: DriverFunction): boolean {
    const { readies, releases } = this.#vocabulary;
    const { graph } = fn.flow;
    const names = [...graph.calls];
    if (!names.some((name) => readies(name) !== undefined || releases(name) !== undefined)) return false;
    const parameters = new Set(graph.parameters);
    for (const op of callsOf(graph)) {
      const index = op.callee === undefined ? undefined : (readies(op.callee) ?? releases(op.callee));
      const value = index === undefined ? undefined : op.arguments[index]?.value;
      if (value?.kind !== 'place' && value?.kind !== 'address') continue;
      if (isGlobal(value.key) || (value.kind === 'place' && parameters.has(value.key))) return true;
    }
    return false;
  }

  /** Members and variables whose value decides whether something is registered or undone. */
  #guardsOf(registering: ReadonlySet<FunctionId>): Set<string> {
    const { undoneBy, catalog } = this.#vocabulary;
    const guards = new Set<string>();
    for (const id of registering) {
      const fn = this.functions.get(id);
      if (!fn) continue;
      const { graph } = fn.flow;
      const isEvent = (name: string | undefined): boolean => {
        if (name === undefined) return false;
        if (undoneBy.has(name) || catalog.calls.get(name)?.registration) return true;
        const callee = this.resolve(name, fn.file);
        return callee.kind === 'own' && registering.has(callee.fn.id);
      };
      const events = new Set<number>();
      graph.blocks.forEach(({ ops }, index) => {
        if (ops.some((op) => op.kind === 'call' && isEvent(op.callee))) events.add(index);
      });
      for (const [index, region] of decidedBlocks(graph)) {
        if (![...region].some((block) => events.has(block))) continue;
        for (const expr of askedBy(graph.blocks[index] as Block)) {
          if (expr.kind === 'place' && (isGlobal(expr.key) || pathOf(expr.key) !== ''))
            guards.add(tailOf(expr.key));
        }
      }
    }
    return guards;
  }

  #writesGuard(fn: DriverFunction): boolean {
    return this.guards.size > 0 && [...writtenNamesOf(fn.flow.graph)].some((name) => this.guards.has(name));
  }
}

const NOBODY: ReadonlySet<FunctionId> = new Set();

export const idOf = (uri: string, name: string): FunctionId => `${uri}#${name}`;

/** A prototype or role declaration in the project itself. */
const declaredHere = (name: string, from: FileFacts): boolean =>
  (from.functions.get(name) ?? []).some((item: FunctionFact) => item.kind !== 'definition');

/** Places that a function's own code writes: by assignment, by bits, or by handing out an address. */
export function* writtenKeys(graph: FunctionGraph): Generator<Key> {
  for (const { ops } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'assign') {
        if (!op.declares) yield op.to;
      } else if (op.kind === 'change' || op.kind === 'bits') yield op.of;
      else if (op.kind === 'call') {
        for (const { value } of op.arguments) if (value.kind === 'address') yield value.key;
      }
    }
  }
}

// Graphs of functions that an edit did not touch stay the same objects, and so does what follows from them alone.
const callLists = new WeakMap<FunctionGraph, readonly CallOp[]>();
const writtenNames = new WeakMap<FunctionGraph, ReadonlySet<string>>();

/** Calls of a graph in block order. */
export function callsOf(graph: FunctionGraph): readonly CallOp[] {
  let known = callLists.get(graph);
  if (!known) {
    known = graph.blocks.flatMap(({ ops }) => ops.filter((op) => op.kind === 'call'));
    callLists.set(graph, known);
  }
  return known;
}

/** Names of the variables at file scope and of the members that a function's own code writes. */
function writtenNamesOf(graph: FunctionGraph): ReadonlySet<string> {
  let known = writtenNames.get(graph);
  if (!known) {
    const keys = [...writtenKeys(graph)].filter((key) => isGlobal(key) || pathOf(key) !== '');
    writtenNames.set(graph, (known = new Set(keys.map(tailOf))));
  }
  return known;
}

/** What a block's decision asks for. */
function askedBy({ next }: Block): readonly Expr[] {
  if (next.kind === 'switch') return [next.on];
  if (next.kind !== 'branch') return [];
  return operandsOf(next.test);
}

/** `Globals.Lock` as the author may have written it. */
export const spelled = (key: Key): string =>
  nameOf(rootOf(key)) + pathOf(key).replace(/\.\*$/, '').replace('&', ' & ');
