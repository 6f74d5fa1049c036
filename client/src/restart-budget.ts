/** Decides how often a crashing server is started again before the user is asked. */
export class RestartBudget {
  readonly #limit: number;
  readonly #windowMs: number;
  #crashes: number[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Notes a crash at the time `now`; false when there were too many within the window. */
  allows(now: number): boolean {
    this.#crashes = [...this.#crashes.filter((time) => now - time < this.#windowMs), now];
    return this.#crashes.length < this.#limit;
  }

  /** Forgets all crashes: the user asked for a fresh start. */
  reset(): void {
    this.#crashes = [];
  }
}
