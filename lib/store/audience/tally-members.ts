import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { compileCondition } from './compile-condition.ts';
import type { Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';

export interface Tally {
  /** Exact numbers of members, in the order of the audiences. */
  readonly sizes: readonly number[];
  /** The tally saw all that was committed before, by the database's clock. */
  readonly countedAt: Date;
}

/**
 * Counts the members of several audiences in one pass over each table. Worth it for audiences of the same tables.
 *
 * @example await tallyMembers(pool, [gold, silver], { space, now: new Date() }) // { sizes: [12, 340], countedAt }
 */
export async function tallyMembers(
  pool: Connection | Pool,
  conditions: readonly BoundCondition[],
  options: CompileOptions,
): Promise<Tally> {
  const { text, values } = compileTally(conditions, options);
  const { rows } = await pool.query<{ counted_at: Date; sizes: number[] }>(text, values);
  const [first] = rows;
  if (!first) throw new Error('A tally has at least one row.');
  return {
    sizes: conditions.map((_, index) =>
      rows.reduce((sum, { sizes }) => sum + (sizes[index] ?? 0), 0),
    ),
    countedAt: first.counted_at,
  };
}

/** One row for each kind of profile, and one of nobody, so that there is a time even where nobody can be a member. */
function compileTally(conditions: readonly BoundCondition[], options: CompileOptions): Statement {
  const parameters = new Parameters();
  const branches = compileBranches(conditions, { ...options, parameters });
  const texts = branches.map(({ from, isProfile, context }) => {
    const sizes = conditions.map(
      (condition) => `count(*) FILTER (WHERE ${compileCondition(condition, context)})`,
    );
    return `SELECT statement_timestamp(), ARRAY[${sizes.join(', ')}]::float8[]
            FROM ${from}${isProfile === null ? '' : ` WHERE ${isProfile}`}`;
  });
  const nobody = `SELECT statement_timestamp() AS counted_at, '{}'::float8[] AS sizes`;
  return { text: [nobody, ...texts].join('\nUNION ALL\n'), values: parameters.values };
}
