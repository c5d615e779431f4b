import { setTimeout as delay } from 'node:timers/promises';
import { getPool } from '#lib/db/pool.ts';
import { edgeSessions } from './bench-edge.ts';

/** Milliseconds: looking costs the server something, and only long waits matter. */
const interval = 50;

/** Looks, now and then, how long sessions of the edge have been waiting for a lock. */
export async function watchLockWaits(): Promise<{ stop(): Promise<number> }> {
  const connection = await getPool().connect();
  let isOver = false;
  let longest = 0;
  const watch = async () => {
    while (!isOver) {
      const { rows } = await connection.query<{ waited: number | null }>(
        `SELECT max(extract(epoch FROM clock_timestamp() - waitstart))::float8 * 1000 AS waited
         FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE NOT granted AND application_name = $1`,
        [edgeSessions],
      );
      longest = Math.max(longest, rows[0]?.waited ?? 0);
      await delay(interval);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      connection.release();
      return longest;
    },
  };
}
