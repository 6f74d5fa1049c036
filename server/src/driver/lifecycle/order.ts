import type { CallOp, Op } from '../../flow/graph.ts';
import { targetsOf } from '../../flow/graph.ts';
import { callsOf } from './function-traits.ts';
import type { DriverFunction, FunctionId, FunctionTable } from './functions.ts';

/** Stands for anything: code out of sight was called. */
export const ANYTHING = '*';

/** A call of interest, with what may have been called before it on some way from the function that was asked for. */
export interface Visit {
  readonly fn: DriverFunction;
  readonly op: CallOp;
  readonly label: string;
  /** A superset: what is not in it has not happened on any way. */
  readonly before: ReadonlySet<string>;
}

type Labels = ReadonlySet<string>;
const NONE: Labels = new Set();

/**
 * In which order calls are made on the ways through functions and all that they call. It only answers "never before":
 * tests are not looked at, so that what may have happened is a superset of what can.
 */
export class CallOrder {
  readonly #table: FunctionTable;
  readonly #labelOf: (fn: DriverFunction, op: CallOp) => string | undefined;
  readonly #within = new Map<FunctionId, Labels>();
  readonly #effects = new Map<CallOp, string | DriverFunction | undefined>();

  /** `labelOf` names the calls of interest; all others are followed or ignored. */
  constructor(table: FunctionTable, labelOf: (fn: DriverFunction, op: CallOp) => string | undefined) {
    this.#table = table;
    this.#labelOf = labelOf;
  }

  /** Every call of interest that the function leads to. */
  from(root: DriverFunction): Visit[] {
    const visits: Visit[] = [];
    this.#enter(root, NONE, visits, new Set());
    return visits;
  }

  /** Labels of everything that may happen in the function and what it calls. */
  within(fn: DriverFunction): Labels {
    const known = this.#within.get(fn.id);
    if (known) return known;
    const found = new Set<string>();
    for (const id of this.#table.reachable([fn.id])) {
      const reached = this.#table.functions.get(id);
      if (!reached) continue;
      if (!reached.flow.graph.isComplete) found.add(ANYTHING);
      for (const op of callsOf(reached.flow.graph)) {
        const effect = this.#effect(reached, op);
        if (typeof effect === 'string') found.add(effect);
      }
    }
    this.#within.set(fn.id, found);
    return found;
  }

  /** A label, a function of the driver to follow, or nothing. */
  #effect(fn: DriverFunction, op: CallOp): string | DriverFunction | undefined {
    if (this.#effects.has(op)) return this.#effects.get(op);
    const effect = this.#effectNow(fn, op);
    this.#effects.set(op, effect);
    return effect;
  }

  #effectNow(fn: DriverFunction, op: CallOp): string | DriverFunction | undefined {
    const label = this.#labelOf(fn, op);
    if (label !== undefined) return label;
    if (op.callee === undefined) return ANYTHING;
    const callee = this.#table.resolve(op.callee, fn.file);
    if (callee.kind === 'own') return callee.fn;
    return callee.kind === 'opaque' ? ANYTHING : undefined;
  }

  #enter(fn: DriverFunction, before: Labels, visits: Visit[], open: Set<string>): void {
    const key = `${fn.id} ${[...before].toSorted().join()}`;
    if (open.has(key) || !fn.flow.graph.isComplete) return;
    open.add(key);
    if (![...this.within(fn)].some((label) => label !== ANYTHING)) return; // nothing to visit
    const { blocks } = fn.flow.graph;
    const entered: (Labels | undefined)[] = blocks.map(() => undefined);
    entered[0] = before;
    const todo = [0];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      const block = blocks[at];
      if (!block) continue;
      const after = block.ops.reduce((labels, op) => this.#after(fn, op, labels), entered[at] ?? NONE);
      for (const target of targetsOf(block.next)) {
        const known = entered[target];
        if (known && [...after].every((label) => known.has(label))) continue;
        entered[target] = new Set([...(known ?? NONE), ...after]);
        todo.push(target);
      }
    }
    blocks.forEach(({ ops }, at) => {
      let labels = entered[at];
      if (!labels) return; // never reached
      for (const op of ops) {
        const effect = op.kind === 'call' ? this.#effect(fn, op) : undefined;
        if (typeof effect === 'object') this.#enter(effect, labels, visits, open);
        else if (op.kind === 'call' && effect !== undefined && effect !== ANYTHING)
          visits.push({ fn, op, label: effect, before: labels });
        labels = this.#after(fn, op, labels);
      }
    });
  }

  #after(fn: DriverFunction, op: Op, labels: Labels): Labels {
    if (op.kind !== 'call') return labels;
    const effect = this.#effect(fn, op);
    if (effect === undefined) return labels;
    const added = typeof effect === 'string' ? [effect] : [...this.within(effect)];
    return added.every((label) => labels.has(label)) ? labels : new Set([...labels, ...added]);
  }
}
