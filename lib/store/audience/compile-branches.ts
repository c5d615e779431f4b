import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { canHold } from '#lib/core/audience/can-hold.ts';
import { tablesOf } from '#lib/core/audience/tables-of.ts';
import { columnName } from '../names.ts';
import type { CompileContext } from './compile-condition.ts';
import type { Parameters } from './parameters.ts';
import type { ProfileSpace } from './profile-space.ts';
import { hasNoUser, rowName, tableRow, userJoins } from './user-rows.ts';

export interface CompileOptions {
  readonly space: ProfileSpace;
  readonly now: Date;
}

/** Profiles of one kind: the users, or the rows of another table that no user is aliased to. */
export interface Branch {
  /** The table whose customer IDs name them. */
  readonly tableId: number;
  /** That table and those whose values are looked at. */
  readonly reads: ReadonlySet<number>;
  /** SQL after FROM: that table, and the rows of others that are joined to it. */
  readonly from: string;
  /** The second half of that. */
  readonly joins: string;
  /** SQL that is true for the rows that are profiles; `null` when all are. */
  readonly isProfile: string | null;
  /** For `compileCondition`. */
  readonly context: CompileContext;
}

interface BranchOptions extends CompileOptions {
  readonly parameters: Parameters;
}

/**
 * Where the profiles are that at least one of the conditions could hold for. Tables that decide nothing are
 * not read.
 *
 * @example compileBranches([condition], { space, now, parameters })[0]?.from // 'profiles.t_5 AS t_5 LEFT JOIN ...'
 */
export function compileBranches(
  conditions: readonly BoundCondition[],
  { space, now, parameters }: BranchOptions,
): Branch[] {
  const { hubTableId, tables } = space;
  const couldHold = (has: ReadonlySet<number>) =>
    conditions.some((condition) => canHold(condition, has));
  const contextOf = (has: ReadonlySet<number>): CompileContext => ({
    parameters,
    now,
    column: ({ id, tableId }) =>
      has.has(tableId) ? `${rowName(tableId)}.${columnName(id)}` : null,
  });
  const branches: Branch[] = [];
  const aliased = tables.filter(({ aliasAttributeId }) => aliasAttributeId !== null);
  const ofUsers = new Set([hubTableId, ...aliased.map(({ tableId }) => tableId)]);
  if (couldHold(ofUsers)) {
    const named = new Set(conditions.flatMap((condition) => [...tablesOf(condition)]));
    const used = ofUsers.intersection(named);
    const joins = userJoins(space, used);
    branches.push({
      tableId: hubTableId,
      reads: new Set([hubTableId, ...used]),
      from: `${tableRow(hubTableId)}${joins}`,
      joins,
      isProfile: null,
      context: contextOf(used),
    });
  }
  for (const table of tables) {
    const { tableId } = table;
    const own = new Set([tableId]);
    if (!couldHold(own)) continue;
    branches.push({
      tableId,
      reads: own,
      from: tableRow(tableId),
      joins: '',
      isProfile: hasNoUser(table, hubTableId),
      context: contextOf(own),
    });
  }
  return branches;
}
