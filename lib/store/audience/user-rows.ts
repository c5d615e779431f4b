import { columnName, tableName } from '../names.ts';
import type { AliasedTable, ProfileSpace } from './profile-space.ts';

/** What a table's row is called inside a statement. @example rowName(12) // 't_12' */
export function rowName(tableId: number): string {
  return `t_${tableId}`;
}

/** SQL that follows FROM: every Optimizely user, beside the rows of `used` tables that the user is aliased to. */
export function userRows({ hubTableId, tables }: ProfileSpace, used: ReadonlySet<number>): string {
  const hub = `${tableName(hubTableId)} AS ${rowName(hubTableId)}`;
  const joins = tables
    .filter(({ tableId }) => used.has(tableId))
    .map((table) => {
      const row = rowName(table.tableId);
      const alias = aliasColumn(hubTableId, table);
      return `LEFT JOIN ${tableName(table.tableId)} AS ${row} ON ${row}.customer_id = ${alias}`;
    });
  return [hub, ...joins].join(' ');
}

/** SQL that is true for a row that no user is aliased to. */
export function hasNoUser(table: AliasedTable, hubTableId: number): string {
  const customerId = `${rowName(table.tableId)}.customer_id`;
  return `NOT EXISTS (SELECT FROM ${tableName(hubTableId)} AS ${rowName(hubTableId)}
    WHERE ${aliasColumn(hubTableId, table)} = ${customerId})`;
}

function aliasColumn(hubTableId: number, { aliasAttributeId }: AliasedTable): string {
  return `${rowName(hubTableId)}.${columnName(aliasAttributeId)}`;
}
