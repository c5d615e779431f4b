import { RequestError } from '#lib/queries/fetch-json.ts';
import { S3RequestError } from './s3-requests.ts';

/** So long a transfer goes on trying without a sign of life from the other side. */
const patienceMs = 10 * 60_000;
const firstWaitMs = 500;
const longestWaitMs = 15_000;

interface LineOptions {
  readonly signal: AbortSignal;
  /** Told why nothing gets through at the moment, and null once something does again. */
  readonly onTrouble: (trouble: string | null) => void;
  /** Settles when it is time for the next attempt. */
  readonly wait?: (failures: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

/**
 * The way to the servers, over which a transfer makes its requests, several at a time. What fails in passing (a broken
 * connection, a server that starts again) is tried again, after longer and longer waits.
 */
export class Line {
  readonly #signal: AbortSignal;
  readonly #onTrouble: (trouble: string | null) => void;
  readonly #wait: (failures: number, signal: AbortSignal) => Promise<void>;
  readonly #now: () => number;
  #lastSignOfLife: number;
  #attempts = 0;
  #failing = 0;
  #isInTrouble = false;

  constructor({ signal, onTrouble, wait = waitForRetry, now = Date.now }: LineOptions) {
    this.#signal = signal;
    this.#onTrouble = onTrouble;
    this.#wait = wait;
    this.#now = now;
    this.#lastSignOfLife = now();
  }

  /**
   * Makes a request, as often as it takes. Each attempt begins anew, with an address signed for it.
   *
   * @throws what the last attempt threw, when trying again is of no use; whatever the signal was aborted with
   */
  async run<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    this.#attempts += 1;
    let failures = 0;
    try {
      for (;;) {
        try {
          const answer = await attempt();
          this.noteSignOfLife();
          return answer;
        } catch (error) {
          this.#signal.throwIfAborted();
          if (!isPassing(error) || this.#isOutOfPatience()) throw error;
          if (failures === 0) this.#failing += 1;
          failures += 1;
          this.#tellTrouble(error);
          await this.#wait(failures, this.#signal);
        }
      }
    } finally {
      this.#attempts -= 1;
      if (failures > 0) this.#failing -= 1;
    }
  }

  /** Bytes were taken, or a request was answered. */
  noteSignOfLife(): void {
    this.#lastSignOfLife = this.#now();
    if (!this.#isInTrouble) return;
    this.#isInTrouble = false;
    this.#onTrouble(null);
  }

  /** One request that fails beside others that do not is no news. */
  #tellTrouble(error: Error): void {
    if (this.#failing < this.#attempts) return;
    this.#isInTrouble = true;
    this.#onTrouble(error.message);
  }

  #isOutOfPatience(): boolean {
    return this.#now() - this.#lastSignOfLife > patienceMs;
  }
}

/** Gone in a while by itself, or with a newly signed address. */
function isPassing(error: unknown): error is RequestError | S3RequestError {
  if (error instanceof S3RequestError) {
    return isPassingStatus(error.status) || isOfAttempt(error);
  }
  return error instanceof RequestError && isPassingStatus(error.status);
}

function isPassingStatus(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

/** The line was too slow, or the computer slept between the signature and its use. */
function isOfAttempt({ code, message }: S3RequestError): boolean {
  return code === 'RequestTimeout' || (code === 'AccessDenied' && message.includes('has expired'));
}

/** Twice as long after each failure, and somewhat by chance, so that not all come back at once. */
export function waitBetween(failures: number, chance = Math.random()): number {
  const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
  return longest * (0.5 + chance / 2);
}

/** Waits, but no longer than until the browser is back online. */
async function waitForRetry(failures: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, waitBetween(failures));
    function end() {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    }
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
  signal.throwIfAborted();
}
