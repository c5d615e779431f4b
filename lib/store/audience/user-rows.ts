import { columnName, tableName } from '../names.ts';
import type { AliasedTable, ProfileSpace } from './profile-space.ts';

/** What a table's row is called inside a statement. @example rowName(12) // 't_12' */
export function rowName(tableId: number): string {
  return `t_${tableId}`;
}

/** A table whose row has that name, for FROM. @example tableRow(12) // 'profiles.t_12 AS t_12' */
export function tableRow(tableId: number): string {
  return `${tableName(tableId)} AS ${rowName(tableId)}`;
}

/** SQL that follows FROM: every Optimizely user, beside the rows of `used` tables that the user is aliased to. */
export function userRows(space: ProfileSpace, used: ReadonlySet<number>): string {
  return `${tableRow(space.hubTableId)}${userJoins(space, used)}`;
}

/** SQL that follows the built-in table after FROM: the rows of `used` tables that a user is aliased to. */
export function userJoins({ hubTableId, tables }: ProfileSpace, used: ReadonlySet<number>): string {
  const joins = tables.flatMap(({ tableId, aliasAttributeId }) => {
    if (aliasAttributeId === null || !used.has(tableId)) return [];
    const row = rowName(tableId);
    const user = rowName(hubTableId);
    const alias = `${user}.${columnName(aliasAttributeId)}`;
    // Users without an alias would all be in one bucket of a hash join, which then grows beyond all memory.
    const key = `coalesce(${alias}, ${user}.customer_id)`;
    return [
      ` LEFT JOIN ${tableRow(tableId)} ON ${row}.customer_id = ${key} AND ${alias} IS NOT NULL`,
    ];
  });
  return joins.join('');
}

/** SQL that is true for a row that no user is aliased to; `null` where that is every row. */
export function hasNoUser(
  { tableId, aliasAttributeId }: AliasedTable,
  hubTableId: number,
): string | null {
  if (aliasAttributeId === null) return null;
  const hub = rowName(hubTableId);
  return `NOT EXISTS (SELECT FROM ${tableRow(hubTableId)}
    WHERE ${hub}.${columnName(aliasAttributeId)} = ${rowName(tableId)}.customer_id)`;
}
