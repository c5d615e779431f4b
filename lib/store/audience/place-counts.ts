import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { AndGroup, Place } from '#lib/core/audience/places.ts';
import { compileCondition, type CompileContext } from './compile-condition.ts';

export interface CountedPlace {
  readonly path: Place['path'];
  /** Profiles that it holds for, by itself. */
  readonly size: number;
  /** Of a part of an "and": profiles that it and all parts before it hold for. Elsewhere `null`. */
  readonly remaining: number | null;
}

/**
 * SQL that counts every place of a tree at once. Each rule is asked once of each row, as a column of its own. Rows are
 * then put together by what came out, so that the many counts are of a few hundred kinds of rows, however many rows
 * there are.
 */
export class PlaceCounts {
  readonly #verdicts = new Names('v');
  readonly #steps = new Names('s');
  readonly #counts: string[];
  /** SQL over the columns that is true where the whole tree holds. */
  readonly whole: string;

  constructor(places: readonly Place[], context: CompileContext) {
    const computed: CompileContext = { ...context, computed: (sql) => this.#verdicts.of(sql) };
    const holds = (condition: BoundCondition) => compileCondition(condition, computed);
    const [first] = places;
    this.whole = first ? holds(first.condition) : 'FALSE';
    this.#counts = places.flatMap(({ condition, within }) => {
      const size = counted(holds(condition));
      if (within === null) return [size];
      const step = this.#steps.of(passedParts(within.group, holds));
      return [size, counted(`${step} > ${within.index}`)];
    });
  }

  /** What the rows are asked: columns of a SELECT. */
  get columns(): string[] {
    return this.#verdicts.definitions();
  }

  /**
   * A statement that gives one row, for `readCounts`.
   *
   * @param rows SQL after FROM: a relation with these columns.
   */
  countsOf(rows: string): string {
    const names = this.#verdicts.names();
    return `SELECT ARRAY[${this.#counts.join(', ')}]::float8[] AS counts FROM (
      SELECT ${['*', ...this.#steps.definitions()].join(', ')} FROM (
        SELECT ${['count(*)::float8 AS n', ...names].join(', ')} FROM ${rows}
        ${names.length === 0 ? '' : `GROUP BY ${names.join(', ')}`}
      ) AS kinds OFFSET 0
    ) AS kinds`;
  }
}

/** @param counts sums of what `countsOf` gave. */
export function readCounts(places: readonly Place[], counts: readonly number[]): CountedPlace[] {
  let next = 0;
  return places.map(({ path, within }) => ({
    path,
    size: counts[next++] ?? 0,
    remaining: within === null ? null : (counts[next++] ?? 0),
  }));
}

/** @example sumUp([[1, 2], [3, 4]]) // [4, 6] */
export function sumUp(lists: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = lists;
  return others.reduce<number[]>(
    (sums, list) => sums.map((sum, index) => sum + (list[index] ?? 0)),
    [...first],
  );
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

  definitions(): string[] {
    return [...this.#names].map(([sql, name]) => `${sql} AS ${name}`);
  }
}
