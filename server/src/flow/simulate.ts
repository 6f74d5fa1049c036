import type { TextRange } from '../text/range.ts';
import {
  type AssignOp,
  type CallOp,
  type Expr,
  type FunctionGraph,
  isGlobal,
  type Key,
  type Next,
  type Op,
  pathOf,
  rootOf,
  targetsOf,
  type Test,
} from './graph.ts';
import { liveNames, memberName } from './liveness.ts';
import { loopHeads } from './regions.ts';
import type { State } from './state.ts';
import {
  ANY,
  type Known,
  knownNumber,
  NEGATIVE,
  NONZERO,
  NOT_NEGATIVE,
  UNKNOWN_VALUE,
  ZERO,
  ZERO_VALUE,
} from './values.ts';

/**
 * Property simulation (Das, Lerner, Seigle, PLDI 2002): every way through a function is followed with what is known
 * of statuses, handles and flags, so that tests which depend on one another are decided alike. The client says what
 * calls do and keeps its own memory, such as the state of each registration.
 */
export interface Client<M> {
  /** Text that is equal exactly for equal memories; without the story of the path. */
  readonly memoryText: (memory: M) => string;
  /** Text that is equal for memories which may become one when there are too many: the property that is followed. */
  readonly propertyText: (memory: M) => string;
  readonly mergeMemory: (a: M, b: M) => M;
  /** What a name that is no variable stands for. */
  readonly constant: (name: string) => Known;
  /** The place may decide what happens to something the client follows, in this function or in another. */
  readonly isGuard: (key: Key) => boolean;
  /** What a place that nothing has written holds. */
  readonly entryValue: (key: Key) => Known | undefined;
  /** The ways on behind a call; none when it does not return. */
  readonly call: (op: CallOp, state: State<M>, args: readonly Known[]) => readonly State<M>[];
  readonly assigned: (op: AssignOp, state: State<M>, value: Known) => State<M>;
  /** A test went one way, as the author wrote it: a chance to note it for the story. */
  readonly branched: (state: State<M>, range: TextRange, test: Test, way: boolean) => State<M>;
  readonly jumped: (state: State<M>, op: Extract<Op, { kind: 'jump' }>) => State<M>;
}

export interface Exit<M> {
  readonly state: State<M>;
  /** Undefined in a function without result, and where control runs off the end. */
  readonly value: Known | undefined;
  readonly range: TextRange;
}

export interface Simulation<M> {
  readonly exits: readonly Exit<M>[];
  /** The bounds were passed: nothing is known of the function. */
  readonly isOverflow: boolean;
}

/** States kept apart at one block before those with equal memory are merged. */
const STATES_PER_BLOCK = 12;
/** Blocks executed before the function counts as unknown. */
const STEP_LIMIT = 8000;

/** Follows every way from the start state. */
export function simulate<M>(graph: FunctionGraph, start: State<M>, client: Client<M>): Simulation<M> {
  return new Simulator(graph, client).run(start);
}

class Simulator<M> {
  readonly #graph: FunctionGraph;
  readonly #client: Client<M>;
  readonly #live: readonly ReadonlySet<string>[];
  readonly #seen: Map<string, State<M>>[];
  readonly #joins: boolean[];
  readonly #loops: ReadonlySet<number>;
  readonly #parameters: ReadonlySet<string>;
  readonly #exits: Exit<M>[] = [];
  readonly #todo: { readonly block: number; readonly state: State<M> }[] = [];

  constructor(graph: FunctionGraph, client: Client<M>) {
    this.#graph = graph;
    this.#client = client;
    this.#live = liveNames(graph);
    this.#seen = graph.blocks.map(() => new Map());
    this.#loops = loopHeads(graph);
    this.#parameters = new Set(graph.parameters);
    const incoming = graph.blocks.map(() => 0);
    for (const { next } of graph.blocks)
      for (const to of targetsOf(next)) incoming[to] = (incoming[to] ?? 0) + 1;
    this.#joins = incoming.map((count) => count > 1);
  }

  run(start: State<M>): Simulation<M> {
    this.#todo.push({ block: 0, state: start });
    let steps = 0;
    for (let item = this.#todo.pop(); item; item = this.#todo.pop()) {
      if (++steps > STEP_LIMIT) return { exits: [], isOverflow: true };
      this.#execute(item.block, item.state);
    }
    return { exits: this.#exits, isOverflow: false };
  }

  #execute(index: number, state: State<M>): void {
    const block = this.#graph.blocks[index];
    if (!block) return;
    let states: readonly State<M>[] = [state];
    for (const op of block.ops) {
      states = states.flatMap((one) => this.#apply(op, one));
      if (states.length === 0) return;
    }
    for (const one of states) this.#leave(block.next, one);
  }

  #enter(block: number, state: State<M>): void {
    const live = this.#live[block];
    let pruned = live ? state.keep((key) => this.#isWanted(key, live, state)) : state;
    // Next time round, somebody else may have changed what only a test has told.
    if (this.#loops.has(block))
      pruned = pruned.keep((key) => !(pruned.values.get(key)?.atEntry && isShared(key)));
    if (!this.#joins[block]) {
      this.#todo.push({ block, state: pruned });
      return;
    }
    const seen = this.#seen[block];
    if (!seen) return;
    const memory = this.#client.memoryText(pruned.memory);
    const text = pruned.text(memory);
    if (seen.has(text)) return;
    if (seen.size < STATES_PER_BLOCK) {
      seen.set(text, pruned);
      this.#todo.push({ block, state: pruned });
      return;
    }
    const merged = `merged ${this.#client.propertyText(pruned.memory)}`;
    const earlier = seen.get(merged);
    const joined = earlier
      ? earlier.join(pruned, this.#client.mergeMemory(earlier.memory, pruned.memory))
      : pruned.vague();
    if (
      earlier &&
      earlier.text(this.#client.memoryText(earlier.memory)) ===
        joined.text(this.#client.memoryText(joined.memory))
    )
      return;
    seen.set(merged, joined);
    this.#todo.push({ block, state: joined });
  }

  /** What is read again here, and what callers may ask for. */
  #isWanted(key: Key, live: ReadonlySet<string>, state: State<M>): boolean {
    const root = rootOf(key);
    const path = pathOf(key);
    if (key.startsWith('#')) return true;
    const isSeen = isGlobal(key) || (this.#parameters.has(root) && path !== '');
    // Functions that are called later may ask for it, too.
    if (path !== '' && path !== '~' && this.#client.isGuard(key)) return isSeen || live.has(root);
    if (isGlobal(key) && this.#client.isGuard(key)) return true;
    if (path === '' || path === '~' || path.startsWith('&')) return live.has(root);
    if (path.endsWith('~') || path.includes('&')) return isSeen || live.has(root);
    return (
      live.has(memberName(key)) && (isSeen || live.has(root) || state.values.get(key)?.origin !== undefined)
    );
  }

  // ------------------------------------------------------------------------------------------------------ steps

  #apply(op: Op, state: State<M>): readonly State<M>[] {
    switch (op.kind) {
      case 'assign': {
        const value = this.#stored(op.value, state);
        const next =
          value.origin === ZEROED
            ? state.set(op.to, value).fill(op.to, ZERO_VALUE, false)
            : state.set(op.to, value);
        return [this.#client.assigned(op, next, value)];
      }
      case 'change':
        return [state.set(op.of, UNKNOWN_VALUE)];
      case 'bits':
        return [state.setBits(op.of, op.bits, op.set)];
      case 'call':
        return this.#client.call(
          op,
          state,
          op.arguments.map(({ value }) => this.evaluate(value, state)),
        );
      case 'jump':
        return [this.#client.jumped(state, op)];
      case 'caught':
        return [state.vague()];
    }
  }

  /** The value of an expression as a variable keeps it. */
  #stored(expr: Expr, state: State<M>): Known {
    const known = this.evaluate(expr, state);
    const { atEntry: _entry, ...rest } = known;
    if (expr.kind !== 'place' || expr.key.startsWith('$')) return rest;
    const same = known.same ?? state.resolve(expr.key);
    return { ...rest, same };
  }

  /** What is known of an expression's value. */
  evaluate(expr: Expr, state: State<M>): Known {
    switch (expr.kind) {
      case 'number':
        return knownNumber(expr.value);
      case 'name':
        return this.#client.constant(expr.name);
      case 'place': {
        const known = state.lookup(expr.key);
        if (!known.atEntry || known.mask !== ANY) return known;
        return this.#client.entryValue(state.resolve(expr.key)) ?? known;
      }
      case 'address':
        return { mask: NONZERO, same: `&${state.resolve(expr.key)}` };
      case 'unknown':
        return UNKNOWN_VALUE;
    }
  }

  // ------------------------------------------------------------------------------------------------------ tests

  #leave(next: Next, state: State<M>): void {
    switch (next.kind) {
      case 'goto':
        this.#enter(next.to, state);
        return;
      case 'return':
        this.#exits.push({
          state,
          value: next.value ? this.evaluate(next.value, state) : undefined,
          range: next.range,
        });
        return;
      case 'branch': {
        for (const way of [true, false]) {
          const taken = this.#assume(next.test, way, state);
          if (!taken) continue;
          this.#enter(
            way ? next.yes : next.no,
            this.#client.branched(taken, next.range, next.test, way !== next.isInverted),
          );
        }
        return;
      }
      case 'switch': {
        let rest: State<M> | undefined = state;
        for (const { values, to } of next.cases) {
          for (const value of values) {
            const test: Test = { kind: 'equal', left: next.on, right: value };
            const taken = this.#assume(test, true, state);
            if (taken) this.#enter(to, this.#client.branched(taken, next.range, test, true));
            rest = rest && this.#assume(test, false, rest);
          }
        }
        if (rest)
          this.#enter(next.otherwise, this.#client.branched(rest, next.range, { kind: 'unknown' }, false));
      }
    }
  }

  /** The state if the test goes the given way; undefined when it cannot. */
  #assume(test: Test, way: boolean, state: State<M>): State<M> | undefined {
    switch (test.kind) {
      case 'truth':
        return this.#narrow(test.of, way ? NONZERO : ZERO, state);
      case 'success':
        return this.#narrow(test.of, way ? NOT_NEGATIVE : NEGATIVE, state);
      case 'build':
        return state.refine(buildKey(test.condition), way ? NONZERO : ZERO, true);
      case 'equal':
        return this.#assumeEqual(test.left, test.right, way, state);
      case 'unknown':
        return state;
    }
  }

  #narrow(expr: Expr, mask: number, state: State<M>): State<M> | undefined {
    const known = this.evaluate(expr, state);
    if ((known.mask & mask) === 0) return undefined;
    if ((known.mask & mask) === known.mask) return state;
    return expr.kind === 'place' ? state.refine(expr.key, mask, this.#client.isGuard(expr.key)) : state;
  }

  #assumeEqual(left: Expr, right: Expr, way: boolean, state: State<M>): State<M> | undefined {
    const a = this.evaluate(left, state);
    const b = this.evaluate(right, state);
    if (a.exact !== undefined && b.exact !== undefined && (a.exact === b.exact || (a.mask & b.mask) === 0)) {
      return (a.exact === b.exact) === way ? state : undefined;
    }
    if (!way) {
      if (a.mask === ZERO && b.mask === ZERO) return undefined;
      if (b.mask === ZERO) return this.#narrow(left, NONZERO, state);
      if (a.mask === ZERO) return this.#narrow(right, NONZERO, state);
      return state;
    }
    if ((a.mask & b.mask) === 0) return undefined;
    let result: State<M> | undefined = state;
    if (left.kind === 'place')
      result = result.refine(left.key, b.mask, this.#client.isGuard(left.key), b.exact);
    if (result && right.kind === 'place')
      result = result.refine(right.key, a.mask, this.#client.isGuard(right.key), a.exact);
    return result;
  }
}

/** Origin of a pointer to memory that the allocator zeroed. */
export const ZEROED = 'zeroed';

/** Other code can reach the place: it is no plain local variable. */
const isShared = (key: Key): boolean => !key.startsWith('#') && (isGlobal(key) || pathOf(key) !== '');

/** Conditions are kept like variables of their own; characters that mean something in keys are taken out. */
const buildKey = (condition: string): Key => `#${condition.replace(/[.&[~:]/g, '_')}`;
