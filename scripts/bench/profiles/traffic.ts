// Asks one of the servers for customers, as fast as it answers, each time its parent says so.
import { z } from 'zod';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { Connection } from './connection.ts';
import { profileRequest } from './profile-request.ts';

const task = z.object({
  kind: z.enum(['lookups', 'writes']),
  port: z.number(),
  /** What customer IDs are appended to. */
  path: z.string(),
  token: z.string(),
  connections: z.number(),
  seconds: z.number(),
  /** Customers 0 to this are in the table. */
  customers: z.number(),
  seed: z.number(),
});

export type Task = z.infer<typeof task>;

export interface Answered {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
}

/** The first part of the time is not counted. */
const warmUp = 0.2;

process.on('message', (message) => {
  void run(task.parse(message)).then((answered) => process.send?.(answered));
});
process.once('disconnect', () => process.exit(0));

async function run(given: Task): Promise<Answered> {
  const begin = performance.now() + given.seconds * warmUp * 1000;
  const end = performance.now() + given.seconds * 1000;
  const milliseconds: number[] = [];
  const random = seededRandom(given.seed);
  const ask = async () => {
    const connection = await Connection.open(given.port);
    for (;;) {
      const started = performance.now();
      if (started >= end) break;
      const status = await connection.send(profileRequest(given.kind, given, { ...given, random }));
      const expected = given.kind === 'lookups' ? 200 : 201;
      if (status !== expected) throw new Error(`Answered with ${status}.`);
      const now = performance.now();
      if (started >= begin && now <= end) milliseconds.push(now - started);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: given.connections }, ask));
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return {
    perSecond: sorted.length / ((end - begin) / 1000),
    median: at(0.5),
    p99: at(0.99),
  };
}
