/**
 * Lets each key do so many requests a minute, in one process: an allowance that refills evenly and
 * holds a minute's worth, so that a burst passes and a flood does not.
 */
export class RequestRate {
  readonly #perMinute: number;
  readonly #spent = new Map<number, { used: number; at: number }>();

  /** @param perMinute 0 for no limit. */
  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Seconds until the next request may pass; 0 when this one did. @param now milliseconds */
  take(key: number, now: number): number {
    if (this.#perMinute === 0) return 0;
    const perMillisecond = this.#perMinute / 60_000;
    const entry = this.#spent.get(key) ?? { used: 0, at: now };
    const used = Math.max(0, entry.used - (now - entry.at) * perMillisecond);
    const isAllowed = used + 1 <= this.#perMinute;
    this.#spent.set(key, { used: isAllowed ? used + 1 : used, at: now });
    if (isAllowed) return 0;
    return Math.ceil((used + 1 - this.#perMinute) / perMillisecond / 1000);
  }
}
