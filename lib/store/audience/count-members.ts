import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { Pool } from '../pool.ts';
import { compileMembers, type CompileMembersOptions } from './compile-members.ts';

/**
 * Exact number of profiles in an audience.
 *
 * @example await countMembers(pool, condition, { space, now: new Date() }) // 1234
 */
export async function countMembers(
  pool: Pool,
  condition: BoundCondition,
  options: CompileMembersOptions,
): Promise<number> {
  const { text, values } = compileMembers(condition, options);
  const { rows } = await pool.query<{ size: string }>(
    `SELECT count(*) AS size FROM (${text}) AS members`,
    values,
  );
  return Number(rows[0]?.size ?? 0);
}
