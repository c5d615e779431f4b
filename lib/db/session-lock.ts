import type pg from 'pg';

interface LockName {
  /** One number for each purpose; arbitrary, but fixed. */
  readonly lockClass: number;
  readonly id: number;
}

/**
 * Does `work` unless another session is at it, here or on another machine; PostgreSQL ends the lock with the connection, so that
 * a killed process holds nothing.
 *
 * @returns whether the work was done
 */
export async function withSessionLock(
  pool: pg.Pool,
  { lockClass, id }: LockName,
  work: () => Promise<void>,
): Promise<boolean> {
  const client = await pool.connect();
  // A server that restarts meanwhile must not end the process.
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS taken',
      [lockClass, id],
    );
    if (!rows[0]?.taken) return false;
    await work();
    return true;
  } finally {
    // The connection goes, and its lock with it.
    client.release(true);
  }
}
