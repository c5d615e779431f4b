import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff.ts';

export interface RepeatOptions {
  /** Milliseconds between the end of one go and the next. */
  readonly interval: number;
  readonly onError: (error: unknown) => void;
}

/**
 * Does work again and again, one go after the other and more seldom while it fails, until the returned function is called:
 * that aborts the go under way and waits for it.
 */
export function repeat(
  work: (signal: AbortSignal) => Promise<unknown>,
  { interval, onError }: RepeatOptions,
): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const isStopped = () => signal.aborted;
  const backoff = new Backoff();
  const run = async () => {
    while (!isStopped()) {
      try {
        await work(signal);
        backoff.reset();
      } catch (error) {
        if (isStopped()) return;
        backoff.fail();
        onError(error);
      }
      const pause = Math.max(interval, backoff.remaining());
      await delay(pause, null, { signal }).catch(() => undefined);
    }
  };
  const ended = run();
  return async () => {
    stop.abort(new Error('The worker is stopping.'));
    await ended;
  };
}
