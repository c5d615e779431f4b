import { randomInt } from 'node:crypto';
import type { Place } from '../../../core/audience/places.ts';
import type { CompileOptions } from '#lib/store/audience/compile-branches.ts';
import { countMembers } from '#lib/store/audience/count-members.ts';
import { countPlaces } from '#lib/store/audience/count-places.ts';
import { estimatePlaces } from '#lib/store/audience/estimate-places.ts';
import type { CountedPlace } from '#lib/store/audience/place-counts.ts';
import { rowsToRead } from '#lib/store/audience/rows-to-read.ts';
import type { Connection } from '#lib/store/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { knownTotal, totalProfiles } from './profile-total.ts';

export interface MeasureOptions extends CompileOptions {
  /** The whole tree first; more when each of them is asked for. */
  readonly places: readonly Place[];
}

export interface Measured {
  readonly size: number;
  readonly isExact: boolean;
  readonly low: number;
  readonly high: number;
  readonly total: number;
  readonly counted: readonly CountedPlace[];
}

/** So many rows are counted as fast as a sample is looked at. */
const soonCounted = 50_000;

/** What is left of a tenth of a second. */
const glance = 50;

/** Estimates of this process look at the same rows, so that an edit shows what it changes and nothing else. */
const seed = randomInt(2 ** 32);

/** The exact numbers if there is little to count, else an estimate. */
export async function glanceAt(connection: Connection, options: MeasureOptions): Promise<Measured> {
  const { space, places } = options;
  const tableIds = [space.hubTableId, ...space.tables.map(({ tableId }) => tableId)];
  const rows = await countRows(connection, tableIds);
  const conditions = places.map(({ condition }) => condition);
  const isSmall = (count: number) => count <= soonCounted;
  if (isSmall([...rows.values()].reduce((sum, count) => sum + count, 0))) {
    return measureExactly(connection, options);
  }
  const total = await knownTotal(connection, space);
  if (total !== null && isSmall(rowsToRead(conditions, options, rows))) {
    return { ...(await countAll(connection, options)), total };
  }
  const estimate = await estimatePlaces(connection, { ...options, milliseconds: glance, seed });
  const { size, low, high } = estimate;
  return {
    ...{ size, low, high, isExact: false, counted: estimate.places },
    total: total ?? estimate.total,
  };
}

export async function measureExactly(
  connection: Connection,
  options: MeasureOptions,
): Promise<Measured> {
  const counted = await countAll(connection, options);
  return { ...counted, total: await totalProfiles(connection, options.space) };
}

async function countAll(
  connection: Connection,
  { places, ...options }: MeasureOptions,
): Promise<Omit<Measured, 'total'>> {
  const [whole] = places;
  if (!whole) throw new Error('A tree has a whole.');
  const { path, condition } = whole;
  const counted =
    places.length > 1
      ? await countPlaces(connection, condition, options)
      : [{ path, size: await countMembers(connection, condition, options), remaining: null }];
  const size = counted[0]?.size ?? 0;
  return { size, low: size, high: size, isExact: true, counted };
}
