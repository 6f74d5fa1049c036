import type { FunctionGraph, Key } from '../../flow/graph.ts';
import type { Known } from '../../flow/values.ts';
import { sameItems } from '../same-items.ts';
import type { FunctionRun } from './simulation.ts';
import { type Summary, summaryText } from './summaries.ts';

interface Kept {
  readonly graph: FunctionGraph;
  readonly dependencies: readonly unknown[];
  /** What it asked of places that it had not written, and what it heard. */
  readonly asked: ReadonlyMap<string, Question>;
  readonly run: FunctionRun;
}

interface Question {
  readonly key: Key;
  readonly atLoad: boolean;
  readonly answer: Known | undefined;
}

type EntryValue = (key: Key, atLoad: boolean) => Known | undefined;

/**
 * Runs of the functions of one driver, used again as long as the function, what it calls and what holds for the whole
 * driver are the same.
 */
export class RunMemo {
  readonly #surroundings: readonly unknown[];
  readonly #earlier: ReadonlyMap<string, Kept>;
  readonly #kept = new Map<string, Kept>();
  readonly #summaries: WeakMap<FunctionRun, { readonly summary: Summary }>;
  readonly #entryValue: EntryValue;
  #asked = new Map<string, Question>();
  /** Functions that had to be followed, for tests and benchmarks. */
  followed = 0;

  constructor(surroundings: readonly unknown[], entryValue: EntryValue, earlier: RunMemo | undefined) {
    const isSame = earlier !== undefined && sameItems(surroundings, earlier.#surroundings);
    this.#surroundings = surroundings;
    this.#entryValue = entryValue;
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
    if (known?.graph === graph && sameItems(known.dependencies, dependencies) && this.#holds(known)) {
      this.#kept.set(id, known);
      return known.run;
    }
    // Functions that are called are followed meanwhile, with questions of their own.
    const outer = this.#asked;
    const asked = new Map<string, Question>();
    this.#asked = asked;
    const run = follow();
    this.#asked = outer;
    this.followed++;
    this.#kept.set(id, { graph, dependencies, asked, run });
    return run;
  }

  /** What a place holds that nothing on the way has written; the run that asks depends on the answer. */
  entryValue = (key: Key, atLoad: boolean): Known | undefined => {
    const question = `${atLoad} ${key}`;
    const known = this.#asked.get(question);
    if (known) return known.answer;
    const answer = this.#entryValue(key, atLoad);
    this.#asked.set(question, { key, atLoad, answer });
    return answer;
  };

  #holds({ asked }: Kept): boolean {
    for (const { key, atLoad, answer } of asked.values()) {
      const now = this.#entryValue(key, atLoad);
      if (now !== answer && (now?.mask !== answer?.mask || now?.exact !== answer?.exact)) return false;
    }
    return true;
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
