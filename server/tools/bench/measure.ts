/** A median of what we take over the median of what it is compared with. */
export interface Ratio {
  readonly value: number;
  /** The smallest and the largest ratio of one repetition. */
  readonly low: number;
  readonly high: number;
  readonly own: number;
  readonly other: number;
  readonly unit: string;
}

/** The value below which a share of the list lies. */
export function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (list: readonly number[]): number => quantile(list, 0.5);

/** Both lists come from the same repetitions, in the same order. */
export function ratioOf(own: readonly number[], other: readonly number[], unit = 'ms'): Ratio {
  const each = own.map((value, at) => value / (other[at] ?? Number.NaN));
  return {
    value: median(own) / median(other),
    low: Math.min(...each),
    high: Math.max(...each),
    own: median(own),
    other: median(other),
    unit,
  };
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Does the tasks in turn, again and again, so that what else the machine does falls on all of them alike. The first
 * `warmUp` rounds are not counted.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  tasks: Readonly<Record<Name, () => number | Promise<number>>>,
  warmUp = 0,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(tasks) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const time = await tasks[name]();
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
}
