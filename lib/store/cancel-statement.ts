import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Pool } from './pool.ts';

/** Asks the server to end what a session runs; harmless when it runs nothing. */
async function cancelStatement(pool: Pool, client: pg.PoolClient): Promise<void> {
  try {
    await pool.query('SELECT pg_cancel_backend($1)', [processIdOf(client)]);
  } catch {
    // The server is gone, and the statement with it.
  }
}

/** A cancel that comes before its statement is lost. */
const repeatAfter = 100;

/** Asks again and again, whatever the session runs next, until the signal says that it has ended. */
export async function cancelStatements(
  pool: Pool,
  client: pg.PoolClient,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    await cancelStatement(pool, client);
    await delay(repeatAfter, null, { signal: ended }).catch(() => undefined);
  }
}

/** In `pg` since ever, missing in its types. */
function processIdOf(client: pg.PoolClient): number | null {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : null;
}
