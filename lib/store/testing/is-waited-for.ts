import type pg from 'pg';

/** Whether a session waits for a lock that another session's open transaction holds. */
export async function isWaitedFor(holder: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await holder.query(
    'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
  );
  return rowCount !== 0;
}
