/** Long work stops after this many milliseconds to let others have their turn. */
const SLICE_MS = 8;

/** Divides long work into slices, so that a newer edit or a request is heard between them. */
export class Slices {
  readonly #yieldNow: () => Promise<void>;
  #started = performance.now();

  constructor(yieldNow: () => Promise<void>) {
    this.#yieldNow = yieldNow;
  }

  /** Call between two pieces of work. Rejects with the signal's reason when the work is not wanted any more. */
  async checkpoint(signal: AbortSignal | undefined): Promise<void> {
    if (performance.now() - this.#started > SLICE_MS) {
      await this.#yieldNow();
      this.#started = performance.now();
    }
    signal?.throwIfAborted();
  }
}

/** Lets timers and input through. */
export const yieldToTimers = (): Promise<void> => new Promise((resume) => void setTimeout(resume, 0));
