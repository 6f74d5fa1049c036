/** A seeded source of numbers: the same seed gives the same edits on every machine. */
export interface Random {
  /** An integer from 0 up to, and without, `limit`. */
  readonly below: (limit: number) => number;
  /** One of the list; undefined when it is empty. */
  readonly pick: <T>(list: readonly T[]) => T | undefined;
  /** True once in `times`. */
  readonly once: (times: number) => boolean;
}

/** Starts the generator known as mulberry32, which is small and good enough to choose edits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number) => (limit <= 1 ? 0 : next() % limit);
  return {
    below,
    pick: (list) => list[below(list.length)],
    once: (times) => below(times) === 0,
  };
}

/** A seed of its own for each part of a run, so that one part can be repeated without those before it. */
export const seedOf = (seed: number, part: number): number =>
  (Math.imul(seed ^ 0x9e_37_79_b9, 0x85_eb_ca_6b) + Math.imul(part + 1, 0xc2_b2_ae_35)) >>> 0;
