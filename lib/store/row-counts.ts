import type { Connection, Pool } from './pool.ts';

/**
 * Exact number of rows of each table.
 *
 * @example await countRows(pool, [12, 13]) // Map { 12 => 1000, 13 => 0 }
 */
export async function countRows(
  pool: Connection | Pool,
  tableIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ table_id: number; total: string }>(
    `SELECT table_id, sum(delta) AS total FROM profiles.row_count_delta
     WHERE table_id = ANY($1::int[]) GROUP BY table_id`,
    [[...tableIds]],
  );
  const counts = new Map(tableIds.map((id) => [id, 0]));
  for (const row of rows) counts.set(row.table_id, Number(row.total));
  return counts;
}

/** Sums up a table's deltas into one. Safe beside writers: it takes only what it sees, and takes it once. */
export async function foldRowCount(pool: Pool, tableId: number): Promise<void> {
  await pool.query(
    `WITH taken AS (DELETE FROM profiles.row_count_delta WHERE table_id = $1 RETURNING delta)
     INSERT INTO profiles.row_count_delta (table_id, delta)
     SELECT $1, sum(delta) FROM taken HAVING count(*) > 0`,
    [tableId],
  );
}

/** Folds every table that gathered more than a few deltas. */
export async function foldRowCounts(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ table_id: number }>(
    'SELECT table_id FROM profiles.row_count_delta GROUP BY table_id HAVING count(*) > 16',
  );
  for (const row of rows) await foldRowCount(pool, row.table_id);
}
