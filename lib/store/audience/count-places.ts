import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { placesOf, type AndGroup, type Place } from '#lib/core/audience/places.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type Branch, type CompileOptions } from './compile-branches.ts';
import { compileCondition, type CompileContext } from './compile-condition.ts';
import type { Statement } from './compile-members.ts';
import { Parameters } from './parameters.ts';

export interface CountedPlace {
  readonly path: Place['path'];
  /** Profiles that it holds for, by itself. */
  readonly size: number;
  /** Of a part of an "and": profiles that it and all parts before it hold for. Elsewhere `null`. */
  readonly remaining: number | null;
}

/**
 * Exact numbers for every place of a tree, the whole first, in one pass over each table.
 *
 * @example await countPlaces(pool, condition, { space, now: new Date() }) // [{ path: [], size: 1234, remaining: null }, ...]
 */
export async function countPlaces(
  pool: Connection | Pool,
  condition: BoundCondition,
  options: CompileOptions,
): Promise<CountedPlace[]> {
  const places = placesOf(condition);
  const { text, values } = compilePlaces(places, options);
  const { rows } = await pool.query<{ counts: number[] }>(text, values);
  const counts = sumUp(rows.map((row) => row.counts));
  let next = 0;
  return places.map(({ path, within }) => ({
    path,
    size: counts[next++] ?? 0,
    remaining: within === null ? null : (counts[next++] ?? 0),
  }));
}

function sumUp(lists: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = lists;
  return others.reduce<number[]>(
    (sums, list) => sums.map((sum, index) => sum + (list[index] ?? 0)),
    [...first],
  );
}

/** One row for each kind of profile: for every place its size and, in an "and", what remains. */
function compilePlaces(places: readonly Place[], options: CompileOptions): Statement {
  const parameters = new Parameters();
  const conditions = places.map((place) => place.condition);
  const branches = compileBranches(conditions, { ...options, parameters });
  const texts = branches.map((branch) => compileBranch(places, branch));
  const text = texts.length === 0 ? `SELECT '{}'::float8[] AS counts` : texts.join('\nUNION ALL\n');
  return { text, values: parameters.values };
}

/**
 * Each rule is asked once of each row. Rows are then put together by what came out, so that the many counts are of
 * a few hundred kinds of rows, however many rows there are.
 */
function compileBranch(places: readonly Place[], { from, isProfile, context }: Branch): string {
  const verdicts = new Names('v');
  const steps = new Names('s');
  const computed: CompileContext = { ...context, computed: (sql) => verdicts.of(sql) };
  const holds = (condition: BoundCondition) => compileCondition(condition, computed);
  const counts = places.flatMap(({ condition, within }) => {
    const size = counted(holds(condition));
    if (within === null) return [size];
    const step = steps.of(passedParts(within.group, holds));
    return [size, counted(`${step} > ${within.index}`)];
  });
  return `
    SELECT ARRAY[${counts.join(', ')}]::float8[] AS counts FROM (
      SELECT *${steps.listed()} FROM (
        SELECT count(*)::float8 AS n${verdicts.listed()}
        FROM ${from}${isProfile === null ? '' : ` WHERE ${isProfile}`}
        ${verdicts.size === 0 ? '' : `GROUP BY ${verdicts.names().join(', ')}`}
      ) AS kinds OFFSET 0
    ) AS kinds`;
}

function counted(holds: string): string {
  return `coalesce(sum(n) FILTER (WHERE ${holds}), 0)`;
}

/** SQL of how many parts of an "and" hold, from the first on, until one does not. */
function passedParts(
  { conditions }: AndGroup,
  holds: (condition: BoundCondition) => string,
): string {
  const cases = conditions.map((part, index) => `WHEN (${holds(part)}) IS NOT TRUE THEN ${index}`);
  return `CASE ${cases.join(' ')} ELSE ${conditions.length} END`;
}

/** Columns of a subquery: the same SQL is the same column. */
class Names {
  readonly #prefix: string;
  readonly #names = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  get size(): number {
    return this.#names.size;
  }

  of(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `${this.#prefix}${this.#names.size}`;
    this.#names.set(sql, name);
    return name;
  }

  names(): string[] {
    return [...this.#names.values()];
  }

  /** To follow other columns. */
  listed(): string {
    return [...this.#names].map(([sql, name]) => `, ${sql} AS ${name}`).join('');
  }
}
