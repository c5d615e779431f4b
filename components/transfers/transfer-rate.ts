/** Speed is told from this much of the recent past, so that neither a burst nor a pause lingers. */
const WINDOW_MILLISECONDS = 4000;
/** Too short a past says nothing yet. */
const MINIMUM_MILLISECONDS = 400;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

export interface TransferSpeed {
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export class TransferRate {
  readonly #totalBytes: number;
  #samples: Sample[] = [];

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
  }

  /** `at` in milliseconds of any clock that only goes forward. */
  add(bytes: number, at: number): TransferSpeed {
    // Parts that broke off take their bytes back: what was measured before says nothing any more.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    const recent = this.#samples.filter((sample) => at - sample.at <= WINDOW_MILLISECONDS);
    const first = recent[0] ?? this.#samples.at(-1);
    this.#samples = [...recent, { at, bytes }];
    if (first === undefined || at - first.at < MINIMUM_MILLISECONDS) {
      return { bytesPerSecond: null, secondsLeft: null };
    }
    const bytesPerSecond = ((bytes - first.bytes) / (at - first.at)) * 1000;
    const bytesLeft = this.#totalBytes - bytes;
    return { bytesPerSecond, secondsLeft: bytesPerSecond > 0 ? bytesLeft / bytesPerSecond : null };
  }
}
