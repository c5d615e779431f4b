import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { compileCondition } from './compile-condition.ts';
import type { Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';

export interface OverlapRegion {
  /** Positions of the audiences that these profiles are in; they are in none of the others. */
  readonly indexes: readonly number[];
  readonly size: number;
}

/**
 * How many profiles are in exactly which of a few audiences, in one pass over each table. All combinations but "in none"
 * are there, the empty ones, too.
 *
 * @example await countOverlap(pool, [a, b], options) // [{ indexes: [0], size: 5 }, { indexes: [1], size: 0 }, { indexes: [0, 1], size: 2 }]
 */
export async function countOverlap(
  pool: Connection | Pool,
  conditions: readonly BoundCondition[],
  options: CompileOptions,
): Promise<OverlapRegion[]> {
  const { text, values } = compileOverlap(conditions, options);
  const { rows } = await pool.query<{ region: number; size: string }>(text, values);
  const sizes = new Map<number, number>();
  for (const { region, size } of rows) {
    sizes.set(region, (sizes.get(region) ?? 0) + Number(size));
  }
  return Array.from({ length: 2 ** conditions.length - 1 }, (_, before) => {
    const region = before + 1;
    const indexes = conditions.flatMap((_condition, index) =>
      (region & (1 << index)) === 0 ? [] : [index],
    );
    return { indexes, size: sizes.get(region) ?? 0 };
  });
}

/** A region is a number with a bit for each audience. */
function compileOverlap(conditions: readonly BoundCondition[], options: CompileOptions): Statement {
  const parameters = new Parameters();
  const branches = compileBranches(conditions, { ...options, parameters }).map(
    ({ from, isProfile, context }) => {
      const bits = conditions.map(
        (condition, index) =>
          `CASE WHEN ${compileCondition(condition, context)} THEN ${1 << index} ELSE 0 END`,
      );
      return `SELECT ${bits.join(' + ')} AS region, count(*) AS size
              FROM ${from}${isProfile === null ? '' : ` WHERE ${isProfile}`} GROUP BY 1`;
    },
  );
  if (branches.length === 0) branches.push('SELECT 0 AS region, 0 AS size WHERE FALSE');
  return { text: branches.join('\nUNION ALL\n'), values: parameters.values };
}
