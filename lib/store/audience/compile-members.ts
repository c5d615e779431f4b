import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { canHold } from '#lib/core/audience/can-hold.ts';
import { tablesOf } from '#lib/core/audience/tables-of.ts';
import { columnName, tableName } from '../names.ts';
import { compileCondition } from './compile-condition.ts';
import { Parameters, type Parameter } from './parameters.ts';
import type { ProfileSpace } from './profile-space.ts';
import { hasNoUser, rowName, userRows } from './user-rows.ts';

export interface CompileMembersOptions {
  readonly space: ProfileSpace;
  readonly now: Date;
}

/** SQL and its values, as `pool.query` takes them. */
export interface Statement {
  readonly text: string;
  readonly values: Parameter[];
}

/**
 * A statement that gives the profiles in an audience as `table_id` and `customer_id`: users by their ID in the
 * built-in table, and rows of the other tables that no user is aliased to. Each is a profile once, however many
 * rows it has. Values of conditions are parameters; only ids get into the text.
 *
 * @example await pool.query(compileMembers(condition, { space, now: new Date() }))
 */
export function compileMembers(
  condition: BoundCondition,
  { space, now }: CompileMembersOptions,
): Statement {
  const { hubTableId, tables } = space;
  const parameters = new Parameters();
  /** For profiles that have values of some tables only. */
  const holds = (has: ReadonlySet<number>) =>
    compileCondition(condition, {
      parameters,
      now,
      column: ({ id, tableId }) =>
        has.has(tableId) ? `${rowName(tableId)}.${columnName(id)}` : null,
    });
  const branches: string[] = [];
  const aliased = tables.filter(({ aliasAttributeId }) => aliasAttributeId !== null);
  const ofUsers = new Set([hubTableId, ...aliased.map(({ tableId }) => tableId)]);
  if (canHold(condition, ofUsers)) {
    const used = ofUsers.intersection(tablesOf(condition));
    branches.push(
      `SELECT ${hubTableId} AS table_id, ${rowName(hubTableId)}.customer_id
       FROM ${userRows(space, used)} WHERE ${holds(used)}`,
    );
  }
  for (const table of tables) {
    const { tableId } = table;
    const own = new Set([tableId]);
    if (!canHold(condition, own)) continue;
    branches.push(
      `SELECT ${tableId} AS table_id, ${rowName(tableId)}.customer_id
       FROM ${tableName(tableId)} AS ${rowName(tableId)}
       WHERE ${holds(own)} AND ${hasNoUser(table, hubTableId)}`,
    );
  }
  if (branches.length === 0) branches.push(`SELECT 0 AS table_id, '' AS customer_id WHERE FALSE`);
  return { text: branches.join('\nUNION ALL\n'), values: parameters.values };
}
