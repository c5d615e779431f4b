import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { rowName } from './user-rows.ts';
import { compileBranches, type Branch, type CompileOptions } from './compile-branches.ts';
import { compileCondition } from './compile-condition.ts';
import { Parameters, type Parameter } from './parameters.ts';

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
export function compileMembers(condition: BoundCondition, options: CompileOptions): Statement {
  const parameters = new Parameters();
  const branches = compileBranches([condition], { ...options, parameters }).map(
    (branch) =>
      `SELECT ${branch.tableId} AS table_id, ${rowName(branch.tableId)}.customer_id
       FROM ${branch.from} WHERE ${isMember(branch, condition)}`,
  );
  if (branches.length === 0) branches.push(`SELECT 0 AS table_id, '' AS customer_id WHERE FALSE`);
  return { text: branches.join('\nUNION ALL\n'), values: parameters.values };
}

/** SQL that is true for the members among a branch's rows. */
export function isMember({ isProfile, context }: Branch, condition: BoundCondition): string {
  const holds = compileCondition(condition, context);
  return isProfile === null ? holds : `${holds} AND ${isProfile}`;
}
