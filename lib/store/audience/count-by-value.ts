import type { BoundCondition, CatalogAttribute } from '#lib/core/audience/bound-condition.ts';
import { longestShown } from '#lib/core/insight/summarise-values.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { isMember, type Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';

export interface CountByValueOptions extends CompileOptions {
  readonly attribute: CatalogAttribute;
  /** How many values are told apart; members with others are counted together. */
  readonly mostValues: number;
}

export interface ValueSizes {
  readonly size: number;
  /** As PostgreSQL prints them, the most frequent first. */
  readonly values: readonly { readonly value: string; readonly size: number }[];
  readonly others: number;
  readonly withoutValue: number;
}

/**
 * Members of an audience by their value of an attribute. Texts are told apart by their first 201 characters.
 *
 * @example await countByValue(pool, condition, { attribute, mostValues: 20, space, now })
 * // { size: 10, values: [{ value: 'Paris', size: 6 }], others: 1, withoutValue: 3 }
 */
export async function countByValue(
  pool: Connection | Pool,
  condition: BoundCondition,
  options: CountByValueOptions,
): Promise<ValueSizes> {
  const { text, values } = compileValues(condition, options);
  const { rows } = await pool.query<ValueRow>(text, values);
  const [first] = rows;
  if (!first) return { size: 0, values: [], others: 0, withoutValue: 0 };
  const [size, withoutValue] = [Number(first.all_members), Number(first.without_value)];
  const named = rows
    .flatMap(({ value, size: own }) => (value === null ? [] : [{ value, size: Number(own) }]))
    .slice(0, options.mostValues);
  const others = named.reduce((rest, one) => rest - one.size, size - withoutValue);
  return { size, values: named, others, withoutValue };
}

interface ValueRow {
  readonly value: string | null;
  readonly size: string;
  readonly all_members: string;
  readonly without_value: string;
}

function compileValues(
  condition: BoundCondition,
  { attribute, mostValues, space, now }: CountByValueOptions,
): Statement {
  const parameters = new Parameters();
  // Asked for, too, so that the table of the value is joined.
  const hasValue: BoundCondition = {
    ...{ kind: 'attribute', path: [], attribute, test: { kind: 'exists' } },
  };
  const branches = compileBranches([condition, hasValue], { space, now, parameters }).map(
    (branch) => {
      const column = branch.context.column(attribute);
      return `SELECT ${column === null ? 'NULL' : textOf(column, attribute)}::text AS value
              FROM ${branch.from} WHERE ${isMember(branch, condition)}`;
    },
  );
  if (branches.length === 0) branches.push('SELECT NULL::text AS value WHERE FALSE');
  const text = `
    SELECT value, count(*) AS size, sum(count(*)) OVER () AS all_members,
           COALESCE(sum(count(*)) FILTER (WHERE value IS NULL) OVER (), 0) AS without_value
    FROM (${branches.join('\nUNION ALL\n')}) AS members
    GROUP BY value ORDER BY value IS NULL, size DESC, value LIMIT ${mostValues + 1}`;
  return { text, values: parameters.values };
}

function textOf(column: string, { type }: CatalogAttribute): string {
  if (type === 'double') return `(${column} + 0)`;
  if (type !== 'string') return column;
  return `CASE WHEN octet_length(${column}) > ${4 * longestShown}
          THEN left(${column}, ${longestShown + 1}) ELSE ${column} END`;
}
