import { partitionName, partitions, tableName } from '../names.ts';
import type { Connection, Pool } from '../pool.ts';

/**
 * How often rows of each table were written or deleted, by any process, as PostgreSQL's statistics count it: another number
 * than before says that something changed, whoever changed it. The numbers come about a second late, and start again after a
 * crash or a first load.
 *
 * @example await readActivity(pool, [12]) // Map { 12 => 1000n }
 */
export async function readActivity(
  pool: Connection | Pool,
  tableIds: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const names = tableIds.flatMap((id) =>
    partitions.map((partition) => partitionName(tableName(id), partition)),
  );
  const { rows } = await pool.query<{ writes: string }>(
    `SELECT COALESCE(pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
                     + pg_stat_get_tuples_deleted(oid), 0) AS writes
     FROM (SELECT to_regclass(name) AS oid, place
           FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place)) AS relations
     ORDER BY place`,
    [names],
  );
  const activity = new Map<number, bigint>();
  tableIds.forEach((id, index) => {
    const own = rows.slice(index * partitions.length, (index + 1) * partitions.length);
    activity.set(
      id,
      own.reduce((sum, { writes }) => sum + BigInt(writes), 0n),
    );
  });
  return activity;
}

/** Now by the database's clock, which says when files were loaded. */
export async function readClock(pool: Pool): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return rows[0]?.now ?? new Date();
}
