import type { Counts } from './checks.ts';
import type { Failure } from './failure.ts';
import { minimise } from './minimise.ts';
import { play, type PlayTools } from './play.ts';
import { seedOf } from './random.ts';
import { makeSession, type Session, type SessionTools } from './session.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Number of the first session; each has a seed of its own. */
  readonly first: number;
  readonly editsPerSession: number;
  /** True when no further session may start. */
  readonly isOver: (counts: Counts) => boolean;
  /** Milliseconds that making one failure smaller may take. */
  readonly minimiseFor: number;
}

/** A failure with the smallest session that was found for it. */
export interface Found {
  readonly number: number;
  readonly failure: Failure;
  readonly session: Session;
  /** How often it was met. */
  times: number;
}

/** Plays sessions until it is over. Failures with the same signature are made smaller and kept once. */
export async function fuzz(
  options: FuzzOptions,
  tools: SessionTools & PlayTools,
  report: (found: Found) => void,
): Promise<Found[]> {
  const found = new Map<string, Found>();
  for (let number = options.first; !options.isOver(tools.counts); number++) {
    tools.counts.sessions++;
    const session = makeSession(seedOf(options.seed, number), options.editsPerSession, tools);
    const result = await play(session, tools);
    if (!result) continue;
    const { failure, edits } = result;
    const known = found.get(failure.signature);
    if (known) {
      known.times++;
      continue;
    }
    const until = performance.now() + options.minimiseFor;
    const counts = { sessions: 0, edits: 0, analyses: 0, fixes: 0 };
    const smallest = await minimise(
      { ...session, edits: session.edits.slice(0, edits) },
      async (smaller) => (await play(smaller, { ...tools, counts }))?.failure.signature === failure.signature,
      () => performance.now() > until,
    );
    const last = (await play(smallest, { ...tools, counts }))?.failure ?? failure;
    const one = { number, failure: last, session: smallest, times: 1 };
    found.set(failure.signature, one);
    report(one);
  }
  return [...found.values()];
}
