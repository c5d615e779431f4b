import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { isMember, type Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';

/**
 * Exact number of profiles in an audience.
 *
 * @example await countMembers(pool, condition, { space, now: new Date() }) // 1234
 */
export async function countMembers(
  pool: Connection | Pool,
  condition: BoundCondition,
  options: CompileOptions,
): Promise<number> {
  const { rows } = await pool.query<{ size: string }>(compileCount(condition, options));
  return Number(rows[0]?.size ?? 0);
}

/** Counts each kind of profile for itself, so that PostgreSQL plans each as if it were asked alone. */
function compileCount(condition: BoundCondition, options: CompileOptions): Statement {
  const parameters = new Parameters();
  const counts = compileBranches([condition], { ...options, parameters }).map(
    (branch) => `(SELECT count(*) FROM ${branch.from} WHERE ${isMember(branch, condition)})`,
  );
  const text = `SELECT ${counts.length === 0 ? '0' : counts.join('\n + ')} AS size`;
  return { text, values: parameters.values };
}
