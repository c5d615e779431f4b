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
import { knownTotal, totalProfiles, type RecalledTotal } from './profile-total.ts';

export interface MeasureOptions extends CompileOptions {
  /** The whole tree first; more when each of them is asked for. */
  readonly places: readonly Place[];
  readonly recalled: RecalledTotal;
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
  const { space, places, recalled } = options;
  const tableIds = [space.hubTableId, ...space.tables.map(({ tableId }) => tableId)];
  const rows = await countRows(connection, tableIds);
  const conditions = places.map(({ condition }) => condition);
  const isSmall = (count: number) => count <= soonCounted;
  if (isSmall([...rows.values()].reduce((sum, count) => sum + count, 0))) {
    return measureExactly(connection, options);
  }
  const total = await knownTotal(connection, space, recalled);
  if (total !== null && isSmall(rowsToRead(conditions, options, rows))) {
    return ofAtLeast(total, await countAll(connection, options));
  }
  const estimate = await estimatePlaces(connection, { ...options, milliseconds: glance, seed });
  const { size, low, high } = estimate;
  return ofAtLeast(total ?? estimate.total, {
    ...{ size, low, high, isExact: false, counted: estimate.places },
  });
}

export async function measureExactly(
  connection: Connection,
  options: MeasureOptions,
): Promise<Measured> {
  const counted = await countAll(connection, options);
  return ofAtLeast(await totalProfiles(connection, options.space, options.recalled), counted);
}

/** A total that is recalled may miss who came in the last second; there are never fewer profiles than were counted. */
function ofAtLeast(total: number, measured: Omit<Measured, 'total'>): Measured {
  return { ...measured, total: Math.max(total, ...measured.counted.map(({ size }) => size)) };
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
