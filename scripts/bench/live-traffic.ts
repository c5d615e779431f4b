import { setTimeout as delay } from 'node:timers/promises';
import { getPool } from '#lib/db/pool.ts';
import { readProfile } from '#lib/store/read-profile.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import type { BenchTable } from './bench-table.ts';
import { customerIdOf } from './data.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';

/** Milliseconds. */
export interface Latency {
  readonly requests: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

export interface Latencies {
  readonly lookups: Latency;
  readonly writes: Latency;
}

/** Between two requests of one kind. */
const pause = 20;

/**
 * Looks up and writes single customers, as the profile API does, until told to stop.
 *
 * @param known customers 0 to this are in the table.
 */
export function startTraffic({ tableId, columns }: BenchTable, known: number) {
  const stop = new AbortController();
  const random = seededRandom(7);
  const customerId = () => customerIdOf(Math.floor(random() * known));
  const long = columns.filter(({ type }) => type === 'long');
  const lookups = repeat(stop.signal, () =>
    readProfile(getPool(), { tableId, customerId: customerId(), columns }),
  );
  const writes = repeat(stop.signal, () => {
    const values = long.map((column) => ({ ...column, value: String(Math.floor(random() * 1e9)) }));
    return writeProfile(getPool(), { tableId, customerId: customerId(), values });
  });
  return {
    stop: async (): Promise<Latencies> => {
      stop.abort();
      return { lookups: summarise(await lookups), writes: summarise(await writes) };
    },
  };
}

async function repeat(signal: AbortSignal, work: () => Promise<unknown>): Promise<number[]> {
  const milliseconds: number[] = [];
  while (!signal.aborted) {
    const started = performance.now();
    await work();
    milliseconds.push(performance.now() - started);
    await delay(pause);
  }
  return milliseconds;
}

function summarise(milliseconds: readonly number[]): Latency {
  const sorted = milliseconds.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { requests: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}
