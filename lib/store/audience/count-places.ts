import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { placesOf } from '#lib/core/audience/places.ts';
import type { Connection, Pool } from '../pool.ts';
import { compileBranches, type CompileOptions } from './compile-branches.ts';
import { Parameters } from './parameters.ts';
import { PlaceCounts, readCounts, sumUp, type CountedPlace } from './place-counts.ts';

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
  const parameters = new Parameters();
  const conditions = places.map((place) => place.condition);
  const branches = compileBranches(conditions, { ...options, parameters });
  if (branches.length === 0) return readCounts(places, []);
  const texts = branches.map(({ from, isProfile, context }) => {
    const counts = new PlaceCounts(places, context);
    const where = isProfile === null ? '' : `WHERE ${isProfile}`;
    return counts.countsOf(
      `(SELECT ${counts.columns.join(', ')} FROM ${from} ${where}) AS verdicts`,
    );
  });
  const { rows } = await pool.query<{ counts: number[] }>(
    texts.join('\nUNION ALL\n'),
    parameters.values,
  );
  return readCounts(places, sumUp(rows.map((row) => row.counts)));
}
