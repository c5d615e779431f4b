const shortest = 500;
const longest = 60_000;

/** How long to leave something alone after it failed: longer every time, up to a minute. */
export class Backoff {
  #failures = 0;
  #until = 0;

  fail(): void {
    this.#until = Date.now() + Math.min(longest, shortest * 3 ** this.#failures);
    this.#failures += 1;
  }

  reset(): void {
    this.#failures = 0;
    this.#until = 0;
  }

  /** Milliseconds left. */
  remaining(): number {
    return Math.max(0, this.#until - Date.now());
  }
}
