import type { BoundCondition, CatalogAttribute } from '#lib/core/audience/bound-condition.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { isMember } from './compile-members.ts';
import { Parameters } from './parameters.ts';
import { rowName } from './user-rows.ts';

export interface SampleOptions extends CompileOptions {
  /** Whose values to give: attributes that the condition names, so that their tables are read anyway. */
  readonly attributes: readonly CatalogAttribute[];
  readonly limit: number;
}

export interface SampledMember {
  readonly tableId: number;
  readonly customerId: string;
  /** In the order of `attributes`, as PostgreSQL prints them; `null` without a value. */
  readonly values: readonly (string | null)[];
}

/**
 * Some members of an audience, whichever are found first.
 *
 * @example await sampleMembers(pool, condition, { space, now, attributes, limit: 10 }) // [{ tableId: 12, customerId: 'c1', values: ['5'] }]
 */
export async function sampleMembers(
  pool: Connection | Pool,
  condition: BoundCondition,
  { attributes, limit, ...options }: SampleOptions,
): Promise<SampledMember[]> {
  const parameters = new Parameters();
  const branches = compileBranches([condition], { ...options, parameters }).map((branch) => {
    const cells = attributes.map((attribute) => {
      const column = branch.context.column(attribute);
      return column === null ? 'NULL' : `${column}::text`;
    });
    return `SELECT ${branch.tableId} AS table_id, ${rowName(branch.tableId)}.customer_id, ARRAY[${cells.join(', ')}]::text[] AS cells
            FROM ${branch.from} WHERE ${isMember(branch, condition)}`;
  });
  if (branches.length === 0) return [];
  const { rows } = await pool.query<MemberRow>(
    `${branches.join('\nUNION ALL\n')}\nLIMIT ${limit}`,
    parameters.values,
  );
  return rows.map(({ table_id, customer_id, cells }) => ({
    tableId: table_id,
    customerId: customer_id,
    values: cells,
  }));
}

type MemberRow = {
  readonly table_id: number;
  readonly customer_id: string;
  readonly cells: (string | null)[];
};
