import type pg from 'pg';
import type { Pool } from './pool.ts';

/** Asks the server to end what a session runs; harmless when it runs nothing. */
export async function cancelStatement(pool: Pool, client: pg.PoolClient): Promise<void> {
  try {
    await pool.query('SELECT pg_cancel_backend($1)', [processIdOf(client)]);
  } catch {
    // The server is gone, and the statement with it.
  }
}

/** In `pg` since ever, missing in its types. */
function processIdOf(client: pg.PoolClient): number | null {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : null;
}
