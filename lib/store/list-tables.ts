import type { Pool } from './pool.ts';

/**
 * Ids of the tables that have a physical table, whether or not the control plane still knows them.
 *
 * @example await listTableIds(pool) // [12, 13]
 */
export async function listTableIds(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT substring(relname FROM 3)::int AS id FROM pg_class
     WHERE relnamespace = to_regnamespace('profiles') AND relkind = 'p' AND relname ~ '^t_[0-9]+$'
     ORDER BY id`,
  );
  return rows.map((row) => row.id);
}
