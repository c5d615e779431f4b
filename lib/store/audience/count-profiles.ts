import { tableName } from '../names.ts';
import type { Connection, Pool } from '../pool.ts';
import { countRows } from '../row-counts.ts';
import type { AliasedTable, ProfileSpace } from './profile-space.ts';
import { hasNoUser, rowName } from './user-rows.ts';

/**
 * Profiles altogether: users, and rows of the other tables that no user is aliased to.
 *
 * @example await countProfiles(pool, space) // 10000
 */
export async function countProfiles(
  pool: Connection | Pool,
  { hubTableId, tables }: ProfileSpace,
): Promise<number> {
  const known = await countRows(pool, [hubTableId, ...tables.map(({ tableId }) => tableId)]);
  let total = known.get(hubTableId) ?? 0;
  for (const table of tables) {
    const isProfile = hasNoUser(table, hubTableId);
    total += isProfile === null ? (known.get(table.tableId) ?? 0) : await count(table, isProfile);
  }
  return total;

  async function count({ tableId }: AliasedTable, isProfile: string): Promise<number> {
    const { rows } = await pool.query<{ size: string }>(
      `SELECT count(*) AS size FROM ${tableName(tableId)} AS ${rowName(tableId)} WHERE ${isProfile}`,
    );
    return Number(rows[0]?.size ?? 0);
  }
}
