import { getPool } from '#lib/db/pool.ts';

const fileSize = 16 * 1024 * 1024;

/**
 * Has PostgreSQL make all files of its log that it keeps, as it has after its first gigabytes. Whoever commits waits while
 * one is made (docs/guides/benchmarks.md).
 */
export async function makeLogFiles(): Promise<void> {
  while (await areFilesMissing()) {
    await getPool().query(`SELECT pg_logical_emit_message(false, 'bench', repeat('x', $1::int))`, [
      fileSize,
    ]);
  }
  // Files of what is before a checkpoint are used again.
  await getPool().query('CHECKPOINT');
}

async function areFilesMissing(): Promise<boolean> {
  const { rows } = await getPool().query<{ missing: boolean }>(
    `SELECT sum(size) < pg_size_bytes(current_setting('min_wal_size')) AS missing FROM pg_ls_waldir()`,
  );
  return rows[0]?.missing === true;
}
