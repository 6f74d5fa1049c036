import { isPartOf, type Key, pathOf, rootOf } from './graph.ts';
import {
  ANY,
  ENTRY_VALUE,
  joinKnown,
  type Known,
  knownText,
  NONZERO,
  UNKNOWN_VALUE,
  ZERO,
  ZERO_VALUE,
} from './values.ts';

/** How a variable points on: at most so many steps are followed. */
const ALIAS_DEPTH = 8;

/**
 * What holds at a point on one way through a function. Immutable. Values are kept for places that somebody wrote or
 * tested; `k~` stands for everything in k that is not named itself, `x&*` for the bits of x that are not.
 */
export class State<M> {
  readonly values: ReadonlyMap<Key, Known>;
  /** What tests on the way assumed of places that nothing had written, by key. */
  readonly assumed: ReadonlyMap<Key, number>;
  /** What the client keeps. */
  readonly memory: M;
  /** States were merged or control came out of nowhere: absence of something proves nothing. */
  readonly isVague: boolean;
  #text: string | undefined;

  constructor(
    values: ReadonlyMap<Key, Known>,
    assumed: ReadonlyMap<Key, number>,
    memory: M,
    isVague: boolean,
  ) {
    this.values = values;
    this.assumed = assumed;
    this.memory = memory;
    this.isVague = isVague;
  }

  static initial<M>(memory: M, values: ReadonlyMap<Key, Known> = new Map()): State<M> {
    return new State(values, new Map(), memory, false);
  }

  withMemory(memory: M): State<M> {
    return memory === this.memory ? this : new State(this.values, this.assumed, memory, this.isVague);
  }

  vague(): State<M> {
    return this.isVague ? this : new State(this.values, this.assumed, this.memory, true);
  }

  /** The place that is really meant: pointers that are copies or addresses are followed. */
  resolve(key: Key): Key {
    let at = key;
    for (let i = 0; i < ALIAS_DEPTH; i++) {
      const path = pathOf(at);
      if (path === '' || path.startsWith('&')) return at;
      const same = this.values.get(rootOf(at))?.same;
      if (same === undefined) return at;
      if (same.startsWith('&')) at = same.slice(1) + (path.startsWith('.*') ? path.slice(2) : path);
      else at = same + path;
    }
    return at;
  }

  /** What is known of the value in a place. */
  lookup(key: Key): Known {
    return this.#find(this.resolve(key));
  }

  #find(key: Key): Known {
    const known = this.values.get(key);
    if (known) return known;
    const bit = key.lastIndexOf('&');
    if (bit >= rootOf(key).length) {
      const whole = key.slice(0, bit);
      const rest = this.values.get(`${whole}&*`);
      if (rest) return rest;
      const value = this.#find(whole);
      if (value.mask === ZERO) return ZERO_VALUE;
      return value.atEntry ? ENTRY_VALUE : UNKNOWN_VALUE;
    }
    for (let end = outerEnd(key, key.length); end > 0; end = outerEnd(key, end)) {
      const outer = key.slice(0, end);
      const rest = this.values.get(`${outer}~`);
      if (rest) return rest;
      if (this.values.get(outer)?.mask === ZERO) return ZERO_VALUE;
    }
    return ENTRY_VALUE;
  }

  /** Stores a value. What was known of parts of the place is gone. */
  set(key: Key, known: Known): State<M> {
    const at = this.resolve(key);
    const values = this.#without(at);
    values.set(at, isCircular(at, known.same) ? withoutSource(known) : known);
    return new State(values, this.assumed, this.memory, this.isVague);
  }

  /** Everything that a pointer leads to, or that a structure holds, now has the value; `whole`: the place itself, too. */
  fill(key: Key, known: Known, whole: boolean): State<M> {
    const at = this.resolve(`${key}~`).slice(0, -1);
    const values = this.#without(at);
    const itself = whole ? known : this.values.get(at);
    if (itself) values.set(at, itself);
    values.set(`${at}~`, known);
    return new State(values, this.assumed, this.memory, this.isVague);
  }

  setBits(key: Key, bits: readonly string[], on: boolean): State<M> {
    const at = this.resolve(key);
    const before = this.#find(at);
    const values = new Map(this.values);
    if (on && before.mask === ZERO && !values.has(`${at}&*`)) values.set(`${at}&*`, ZERO_VALUE);
    for (const bit of bits) values.set(`${at}&${bit}`, on ? { mask: NONZERO } : ZERO_VALUE);
    if (on) values.set(at, { mask: NONZERO });
    else if (before.mask !== ZERO)
      values.set(at, before.atEntry ? UNKNOWN_VALUE : { mask: before.mask | ZERO });
    return new State(values, this.assumed, this.memory, this.isVague);
  }

  /**
   * The same state with the value narrowed to a class; undefined when it cannot have that class. With `assumes` it is
   * remembered that this was only assumed, when nothing had written the place.
   */
  refine(key: Key, mask: number, assumes: boolean, exact?: string): State<M> | undefined {
    const at = this.resolve(key);
    const known = this.#find(at);
    const narrowed = known.mask & mask;
    if (narrowed === 0) return undefined;
    if (narrowed === known.mask && (exact === undefined || known.exact === exact)) return this;
    const values = new Map(this.values);
    values.set(at, { ...known, mask: narrowed, ...(exact === undefined ? {} : { exact }) });
    let assumed = this.assumed;
    if (known.atEntry && assumes) assumed = new Map(assumed).set(at, narrowed);
    const result = new State(values, assumed, this.memory, this.isVague);
    const { same } = known;
    if (same === undefined || same.startsWith('&')) return result;
    // A copy says as much of the place it was made from.
    const source = result.#find(result.resolve(same));
    if ((source.mask & mask) === 0) return undefined;
    return result.resolve(same) === at ? result : result.refine(same, mask, assumes, exact);
  }

  /** Values without the place, its parts and copies' knowledge of where they came from. */
  #without(key: Key): Map<Key, Known> {
    const values = new Map<Key, Known>();
    for (const [other, known] of this.values) {
      if (isPartOf(other, key)) continue;
      const { same } = known;
      if (same !== undefined && !same.startsWith('&') && isPartOf(same, key)) {
        values.set(other, withoutSource(known));
      } else values.set(other, known);
    }
    return values;
  }

  /** Drops what is known of places that nothing reads any more. */
  keep(isWanted: (key: Key) => boolean): State<M> {
    let values: Map<Key, Known> | undefined;
    for (const key of this.values.keys()) {
      if (isWanted(key)) continue;
      values ??= new Map(this.values);
      values.delete(key);
    }
    return values ? new State(values, this.assumed, this.memory, this.isVague) : this;
  }

  /** Text that is equal exactly for equal states. */
  text(memoryText: string): string {
    if (this.#text !== undefined) return this.#text;
    const parts: string[] = [];
    for (const [key, known] of this.values) parts.push(`${key}=${knownText(known)}`);
    for (const [key, mask] of this.assumed) parts.push(`?${key}=${mask}`);
    parts.sort();
    this.#text = `${memoryText}\n${this.isVague ? 'v' : ''}\n${parts.join('\n')}`;
    return this.#text;
  }

  /** What holds in both; nothing is sure of places that only one of them knows. */
  join(other: State<M>, memory: M): State<M> {
    const values = new Map<Key, Known>();
    for (const key of new Set([...this.values.keys(), ...other.values.keys()])) {
      values.set(key, joinKnown(this.#find(key), other.#find(key)));
    }
    const assumed = new Map<Key, number>();
    for (const [key, mask] of this.assumed) {
      const joined = mask | (other.assumed.get(key) ?? ANY);
      if (joined !== ANY) assumed.set(key, joined);
    }
    return new State(values, assumed, memory, true);
  }
}

/** Longer places come from walks along lists: nobody tests them by name. */
const SOURCE_LIMIT = 120;

/** `p = p->next`: what p was a moment ago has no name any more. */
const isCircular = (key: Key, same: Key | undefined): boolean =>
  same !== undefined && (same.length > SOURCE_LIMIT || isPartOf(same.replace(/^&/, ''), rootOf(key)));

function withoutSource(known: Known): Known {
  const { same: _gone, ...rest } = known;
  return rest;
}

/** End of the place around the one that ends at `end`; 0 when it is the root. */
function outerEnd(key: Key, end: number): number {
  const root = rootOf(key).length;
  if (end <= root) return 0;
  for (let i = end - 1; i > root; i--) if (key[i] === '.' || key[i] === '[') return i;
  return root;
}
