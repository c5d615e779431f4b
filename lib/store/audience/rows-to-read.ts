import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { Parameters } from './parameters.ts';

/**
 * How many rows an exact count of these conditions looks at.
 *
 * @param rows of each table; see `countRows`.
 */
export function rowsToRead(
  conditions: readonly BoundCondition[],
  options: CompileOptions,
  rows: ReadonlyMap<number, number>,
): number {
  const branches = compileBranches(conditions, { ...options, parameters: new Parameters() });
  return branches
    .flatMap(({ reads }) => [...reads])
    .reduce((sum, tableId) => sum + (rows.get(tableId) ?? 0), 0);
}
