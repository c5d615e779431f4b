import { setTimeout as delay } from 'node:timers/promises';
import { startDatabase, type StartDatabaseOptions } from '#lib/db/embedded/start.ts';

export interface RunningDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** Milliseconds. */
interface Pauses {
  readonly first: number;
  readonly longest: number;
}

/**
 * Starts the embedded PostgreSQL, and again whenever it ends, on the same port. Once it has run, a start that fails (a full disk,
 * a port that was taken meanwhile) is tried again until it succeeds: what is in the way may go, and ending OpenDCP would not help.
 */
export async function keepRunning(
  options: StartDatabaseOptions,
  { first, longest }: Pauses = { first: 250, longest: 10_000 },
): Promise<RunningDatabase> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopping = () => signal.aborted;
  let current = await startDatabase(options);
  const { url } = current;
  const port = Number(new URL(url).port);

  const startAgain = async () => {
    for (let pause = first; !isStopping(); pause = Math.min(2 * pause, longest)) {
      try {
        current = await startDatabase({ ...options, port, signal });
        return;
      } catch (error) {
        if (isStopping()) return;
        const reason = error instanceof Error ? error.message : String(error);
        console.error(`PostgreSQL is not back; trying again in ${pause} ms. ${reason}`);
        // Rejects when stopped.
        await delay(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  const watch = async () => {
    while (!isStopping()) {
      await current.exited;
      if (isStopping()) return;
      console.error('PostgreSQL ended unexpectedly; starting it again.');
      await startAgain();
    }
  };
  const watching = watch();

  return {
    url,
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
      // One that had just become ready.
      await current.stop();
    },
  };
}
