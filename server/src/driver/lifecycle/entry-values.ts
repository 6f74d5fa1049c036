import {
  type Expr,
  type FunctionGraph,
  isGlobal,
  type Key,
  pathOf,
  rootOf,
  tailOf,
} from '../../flow/graph.ts';
import { type Known, knownNumber, ZERO, ZERO_VALUE } from '../../flow/values.ts';
import type { FileFacts } from '../facts.ts';
import type { DriverFunction } from './functions.ts';
import type { Vocabulary } from './vocabulary.ts';
import { textBehind } from '../../text/ends.ts';

/**
 * What places hold that nothing on the way has written: variables of the driver when it is loaded, and flags that no
 * code of the driver ever sets.
 */
export class EntryValues {
  readonly #initial = new Map<Key, Expr | undefined>();
  readonly #set = new Set<string>();
  readonly #members: ReadonlySet<string>;
  readonly #isSure: boolean;
  readonly #vocabulary: Vocabulary;

  constructor(
    files: readonly FileFacts[],
    functions: Iterable<DriverFunction>,
    isWhole: boolean,
    vocabulary: Vocabulary,
  ) {
    this.#vocabulary = vocabulary;
    const members = new Set<string>();
    for (const file of files) {
      for (const [key, fact] of file.globals)
        this.#initial.set(key, this.#initial.has(key) ? undefined : fact.initial);
      for (const member of file.ownMembers) members.add(member);
    }
    this.#members = members;
    let isSure = isWhole;
    for (const { flow } of functions) {
      if (!flow.graph.isComplete) isSure = false;
      for (const name of setBy(flow.graph)) this.#set.add(name);
    }
    this.#isSure = isSure;
  }

  /** `atLoad`: the function is the first that runs. Undefined when the value cannot be told. */
  valueOf(key: Key, atLoad: boolean): Known | undefined {
    if (atLoad && isGlobal(key)) {
      const value = this.#loaded(key);
      if (value) return value;
    }
    return this.#isNeverSet(key) ? ZERO_VALUE : undefined;
  }

  #loaded(key: Key): Known | undefined {
    const initial = this.#initial.get(rootOf(key));
    if (!initial) return undefined;
    const value =
      initial.kind === 'number'
        ? knownNumber(initial.value)
        : initial.kind === 'name'
          ? this.#vocabulary.constant(initial.name)
          : undefined;
    if (value?.mask === ZERO) return ZERO_VALUE; // and so is every part of it
    return pathOf(key) === '' ? value : undefined;
  }

  /** A flag of the driver's own that is tested, but that nothing ever sets to anything but zero. */
  #isNeverSet(key: Key): boolean {
    if (!this.#isSure) return false;
    const path = pathOf(key);
    const tail = tailOf(key);
    if (this.#set.has(tail)) return false;
    const bit = textBehind(path, '&');
    if (bit !== undefined && this.#set.has(`${tail}&${bit}`)) return false;
    if (/\[/.test(path) || path.endsWith('.*')) return false;
    const isVariable = path === '' || path.startsWith('&');
    return isVariable ? isGlobal(key) && this.#loaded(rootOf(key))?.mask === ZERO : this.#members.has(tail);
  }
}

const known = new WeakMap<FunctionGraph, ReadonlySet<string>>();

/** Names of what a function sets to something else than zero, or hands out; `name&bit` for bits. */
function setBy(graph: FunctionGraph): ReadonlySet<string> {
  const found = known.get(graph);
  if (found) return found;
  const names = new Set<string>();
  const add = (key: Key, bit = ''): void => {
    // Plain local variables are nobody's flags.
    if (isGlobal(key) || pathOf(key) !== '') names.add(tailOf(key) + bit);
  };
  for (const { ops } of graph.blocks) {
    for (const op of ops) {
      if (op.kind === 'assign') {
        if (!isZero(op.value)) add(op.to);
        if (op.value.kind === 'address') add(op.value.key);
      } else if (op.kind === 'change') add(op.of);
      else if (op.kind === 'bits' && op.set) for (const bit of op.bits) add(op.of, `&${bit}`);
      else if (op.kind === 'call')
        for (const { value } of op.arguments) if (value.kind === 'address') add(value.key);
    }
  }
  known.set(graph, names);
  return names;
}

const isZero = (expr: Expr): boolean => expr.kind === 'number' && expr.value === 0;
