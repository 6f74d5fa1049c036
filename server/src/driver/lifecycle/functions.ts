import type { Block, Expr, Key } from '../../flow/graph.ts';
import { isGlobal, nameOf, operandsOf, pathOf, rootOf, shortName, tailOf } from '../../flow/graph.ts';
import { decidedBlocks } from '../../flow/regions.ts';
import type { FileFacts, FunctionFlow } from '../facts.ts';
import { sameItems } from '../same-items.ts';
import { type Traits, traitsOf, writtenKeys, writtenNamesOf } from './function-traits.ts';
import { NameResolution, OPAQUE, SYSTEM } from './name-resolution.ts';
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
  /** Functions that register or undo something, themselves or through what they call. */
  readonly registering: ReadonlySet<FunctionId>;
  /** Members and variables whose value decides whether those functions register or undo. */
  readonly guards: ReadonlySet<string>;
  /** Functions whose ways matter to callers that are followed: the above, and those that set up, release or write a guard. */
  readonly mattering: ReadonlySet<FunctionId>;
  /** Functions to follow for their own sake: those that register or undo, or make a call whose status wants an exact test. */
  readonly followed: ReadonlySet<FunctionId>;
  /** Calls of the catalogue that anybody makes. */
  readonly called: ReadonlySet<string>;
  readonly #vocabulary: Vocabulary;
  readonly #names: NameResolution;
  readonly #own = new Map<FunctionId, Callee>();
  readonly #calleeIds = new Map<FunctionId, readonly FunctionId[]>();
  readonly #callees = new Map<FunctionId, readonly DriverFunction[]>();
  readonly #callers: ReadonlyMap<FunctionId, ReadonlySet<FunctionId>>;
  readonly #named = new Map<FunctionId, readonly DriverFunction[]>();
  readonly #writes = new Map<FunctionId, Writes>();

  /** With the table of an earlier state of the driver, what an edit did not touch is taken from there. */
  constructor(files: readonly FileFacts[], vocabulary: Vocabulary, earlier?: FunctionTable) {
    this.#vocabulary = vocabulary;
    const functions = new Map<FunctionId, DriverFunction>();
    for (const file of files) {
      for (const [name, flow] of file.flows) {
        const id = idOf(file.uri, name);
        const known = earlier?.functions.get(id);
        const isSame = known?.file === file && known.flow === flow;
        functions.set(id, isSame ? known : { id, tag: known?.tag ?? shortName(id), file, flow });
      }
    }
    this.functions = functions;
    this.#names = NameResolution.of(files, functions.values(), vocabulary, earlier && earlier.#names);
    const base = earlier && earlier.#names === this.#names ? earlier : undefined;
    /** Functions that call what they called, but are not as they were otherwise. */
    const changed: { readonly now: DriverFunction; readonly before: DriverFunction }[] = [];
    let isAlike = base !== undefined;
    for (const fn of functions.values()) {
      const before = base?.functions.get(fn.id);
      const known = base && base.#calleeIds.get(fn.id);
      const isSame = before?.flow.graph === fn.flow.graph;
      const callees = (isSame && known) || this.#calleesOf(fn);
      this.#calleeIds.set(fn.id, callees);
      if (isSame) continue;
      if (before && known && sameItems(known, callees)) changed.push({ now: fn, before });
      else isAlike = false;
    }
    const alike = isAlike ? base : undefined;
    this.called =
      alike &&
      changed.every(({ now, before }) => sameItems(this.#traitsOf(now).called, this.#traitsOf(before).called))
        ? alike.called
        : new Set([...functions.values()].flatMap((fn) => this.#traitsOf(fn).called));
    const isAs = (test: (fn: DriverFunction) => boolean) =>
      changed.every(({ now, before }) => test(now) === test(before));
    const registers = (fn: DriverFunction) => this.#traitsOf(fn).registers;
    this.#callers = alike ? alike.#callers : this.#callersOfAll();
    const registering = alike && isAs(registers) ? alike.registering : undefined;
    this.registering = registering ?? this.upward(registers);
    const guards =
      alike && registering && changed.every(({ now }) => !registering.has(now.id)) ? alike.guards : undefined;
    this.guards = guards ?? this.#guardsOf(this.registering);
    const wantsExact = (fn: DriverFunction) => this.#traitsOf(fn).wantsExactTest;
    this.followed =
      alike && registering && isAs(wantsExact)
        ? alike.followed
        : new Set([...this.registering, ...[...functions.values()].filter(wantsExact).map(({ id }) => id)]);
    const matters = (fn: DriverFunction) =>
      this.registering.has(fn.id) || this.#traitsOf(fn).setsUp || this.#writesGuard(fn);
    this.mattering = alike && registering && guards && isAs(matters) ? alike.mattering : this.upward(matters);
  }

  #calleesOf(fn: DriverFunction): FunctionId[] {
    return [...fn.flow.graph.calls].flatMap((name) => {
      const callee = this.#names.resolve(name, fn.file);
      return callee === SYSTEM || callee === OPAQUE ? [] : [callee];
    });
  }

  #callersOfAll(): Map<FunctionId, Set<FunctionId>> {
    const callers = new Map<FunctionId, Set<FunctionId>>();
    for (const [id, callees] of this.#calleeIds) {
      for (const callee of callees) callers.set(callee, (callers.get(callee) ?? new Set()).add(id));
    }
    return callers;
  }

  #traitsOf = (fn: DriverFunction): Traits => traitsOf(fn.flow.graph, this.#vocabulary);

  /** The same as in another table as long as names stand for the same functions. */
  get names(): object {
    return this.#names;
  }

  /** The function a call by name reaches from a file. */
  resolve(name: string, from: FileFacts): Callee {
    const found = this.#names.resolve(name, from);
    if (found === SYSTEM) return OF_SYSTEM;
    if (found === OPAQUE) return OUT_OF_SIGHT;
    let callee = this.#own.get(found);
    if (!callee) {
      const fn = this.functions.get(found);
      callee = fn ? { kind: 'own', fn } : OUT_OF_SIGHT;
      this.#own.set(found, callee);
    }
    return callee;
  }

  callees(id: FunctionId): readonly DriverFunction[] {
    let known = this.#callees.get(id);
    if (!known) {
      known = (this.#calleeIds.get(id) ?? []).flatMap((callee) => this.functions.get(callee) ?? []);
      this.#callees.set(id, known);
    }
    return known;
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
    const start: FunctionId[] = [];
    for (const fn of this.functions.values()) if (test(fn)) start.push(fn.id);
    return this.above(start);
  }

  /** These functions, and all that call them, at any distance. */
  above(from: Iterable<FunctionId>): Set<FunctionId> {
    const found = new Set<FunctionId>();
    const todo = [...from];
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
const OF_SYSTEM: Callee = { kind: 'system' };
const OUT_OF_SIGHT: Callee = { kind: 'opaque' };

export const idOf = (uri: string, name: string): FunctionId => `${uri}#${name}`;

/** What a block's decision asks for. */
function askedBy({ next }: Block): readonly Expr[] {
  if (next.kind === 'switch') return [next.on];
  if (next.kind !== 'branch') return [];
  return operandsOf(next.test);
}

/** `Globals.Lock` as the author may have written it. */
export const spelled = (key: Key): string =>
  nameOf(rootOf(key)) + pathOf(key).replace(/\.\*$/, '').replace('&', ' & ');
