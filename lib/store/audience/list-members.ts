import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { CancelOptions } from '../cancellable.ts';
import type { Pool } from '../pool.ts';
import { ask } from './ask.ts';
import type { CompileOptions } from './compile-branches.ts';
import { compileMembers } from './compile-members.ts';

/** A profile by the row that stands for it. */
export interface Member {
  readonly tableId: number;
  readonly customerId: string;
}

export interface ListMembersOptions extends CompileOptions, CancelOptions {
  /** Of the space; in each other's order members are listed. */
  readonly tableIds: readonly number[];
  /** Only members behind this one, of one of the tables; it need not be a member any more. */
  readonly after: Member | null;
  readonly limit: number;
}

/**
 * Profiles in an audience, table by table and in the byte order of their customer IDs, which is that of the key's index: a
 * page of a large audience reads little more than its own rows.
 *
 * @example await listMembers(pool, condition, { space, now, tableIds: [12], after: null, limit: 100, canceller })
 * // [{ tableId: 12, customerId: 'c1' }]
 */
export async function listMembers(
  pool: Pool,
  condition: BoundCondition,
  { tableIds, after, limit, ...options }: ListMembersOptions,
): Promise<Member[]> {
  const { text, values } = compileMembers(condition, options);
  const start = after ? tableIds.indexOf(after.tableId) : 0;
  const members: Member[] = [];
  for (const tableId of tableIds.slice(start)) {
    const behind = after?.tableId === tableId ? after.customerId : null;
    const first = values.length + 1;
    const statement = `SELECT customer_id FROM (${text}) AS members
      WHERE table_id = ${tableId} ${behind === null ? '' : `AND customer_id > $${first + 1}`}
      ORDER BY customer_id LIMIT $${first}`;
    const limits = behind === null ? [limit - members.length] : [limit - members.length, behind];
    const { rows } = await ask(
      pool,
      (connection) => connection.query<{ customer_id: string }>(statement, [...values, ...limits]),
      options,
    );
    for (const row of rows) members.push({ tableId, customerId: row.customer_id });
    if (members.length >= limit) break;
  }
  return members;
}
