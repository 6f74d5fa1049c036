import type { FunctionGraph } from '../../flow/graph.ts';
import type { FunctionRun } from './simulation.ts';
import { type Summary, summaryText } from './summaries.ts';

interface Kept {
  readonly graph: FunctionGraph;
  readonly dependencies: readonly unknown[];
  readonly run: FunctionRun;
}

/**
 * Runs of the functions of one driver, used again as long as the function, what it calls and what holds for the whole
 * driver are the same.
 */
export class RunMemo {
  readonly #surroundings: readonly unknown[];
  readonly #earlier: ReadonlyMap<string, Kept>;
  readonly #kept = new Map<string, Kept>();
  readonly #summaries: WeakMap<FunctionRun, { readonly summary: Summary }>;
  /** Functions that had to be followed, for tests and benchmarks. */
  followed = 0;

  constructor(surroundings: readonly unknown[], earlier: RunMemo | undefined) {
    const isSame = earlier !== undefined && sameItems(surroundings, earlier.#surroundings);
    this.#surroundings = surroundings;
    this.#earlier = isSame ? earlier.#kept : new Map();
    this.#summaries = isSame ? earlier.#summaries : new WeakMap();
  }

  run(
    id: string,
    graph: FunctionGraph,
    dependencies: readonly unknown[],
    follow: () => FunctionRun,
  ): FunctionRun {
    const known = this.#earlier.get(id);
    let run: FunctionRun;
    if (known?.graph === graph && sameItems(known.dependencies, dependencies)) ({ run } = known);
    else {
      run = follow();
      this.followed++;
    }
    this.#kept.set(id, { graph, dependencies, run });
    return run;
  }

  /** A summary that says the same as the earlier one is the earlier one: who depends on it sees that nothing changed. */
  summary(id: string, run: FunctionRun, make: () => Summary): Summary {
    const known = this.#summaries.get(run);
    if (known) return known.summary;
    const made = make();
    const before = this.#earlier.get(id);
    const earlier = before && this.#summaries.get(before.run);
    const summary = earlier && summaryText(earlier.summary) === summaryText(made) ? earlier.summary : made;
    this.#summaries.set(run, { summary });
    return summary;
  }
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);
