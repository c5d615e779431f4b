import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import type { Place } from '#lib/core/audience/places.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { shareInterval } from '#lib/core/statistics/share-interval.ts';
import { partitionCount } from '../names.ts';
import type { Connection } from '../pool.ts';
import { countRows } from '../row-counts.ts';
import { compileBranches, type Branch, type CompileOptions } from './compile-branches.ts';
import { Parameters } from './parameters.ts';
import { readCounts, sumUp, type CountedPlace } from './place-counts.ts';
import { addSamples, sampleBranch, type BranchSample } from './sample-branch.ts';
import { UnitDraw } from './sampled-units.ts';

export interface EstimateOptions extends CompileOptions {
  /** The whole tree first. */
  readonly places: readonly Place[];
  /** For how long rows are looked at. */
  readonly milliseconds: number;
  /** The same seed looks at the same rows, so that the numbers of two similar trees compare. */
  readonly seed: number;
}

export interface Estimate {
  readonly size: number;
  readonly low: number;
  readonly high: number;
  /** Profiles altogether; an estimate, too, where users are aliased to other tables. */
  readonly total: number;
  readonly places: readonly CountedPlace[];
}

/** Enough to tell how long more of them take. */
const firstUnits = 64;
const mostUnits = 4_000;

/** A row that is joined or searched for elsewhere takes longer than its neighbours on the page. */
const rowsPerUnit = { alone: 16, joined: 8 } as const;

/** Index searches row by row; what suits a whole table would read a whole table. */
const searchSettings = ['hashjoin', 'mergejoin', 'seqscan', 'material']
  .map((method) => `SET LOCAL enable_${method} = off`)
  .join('; ');

/** Every profile is in it. */
const everybody: BoundCondition = { kind: 'and', path: [], conditions: [] };

/**
 * How many profiles each place of a tree holds for, from a random sample, with an interval for the whole that is true
 * in at least 95 of 100 cases. Needs a transaction of its own, in which all is seen as of one moment.
 *
 * @example await estimatePlaces(connection, { places: placesOf(condition), space, now, milliseconds: 50, seed: 1 })
 */
export async function estimatePlaces(
  connection: Connection,
  options: EstimateOptions,
): Promise<Estimate> {
  const { places, space } = options;
  await connection.query(searchSettings);
  const tableIds = [space.hubTableId, ...space.tables.map(({ tableId }) => tableId)];
  const rows = await countRows(connection, tableIds);
  const sampled = await sampleAll(connection, options, rows);
  const parts = sampled.map((branch) => project(branch, rows.get(branch.tableId) ?? 0));
  const known = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const aliased = parts.reduce((sum, part) => sum + part.notProfiles, 0);
  const size = sum(parts.map((part) => part.size));
  return {
    size: Math.round(size),
    low: Math.max(0, Math.floor(size - rootOfSquares(parts.map((part) => part.size - part.low)))),
    high: Math.ceil(size + rootOfSquares(parts.map((part) => part.high - part.size))),
    total: Math.round(known - aliased),
    places: readCounts(places, sumUp(parts.map((part) => part.counts)).map(Math.round)),
  };
}

interface SampledBranch extends BranchSample {
  readonly tableId: number;
  readonly draw: UnitDraw;
  /** The whole tree cannot hold for any of its profiles. */
  readonly isDecided: boolean;
}

async function sampleAll(
  connection: Connection,
  { places, milliseconds, seed, ...options }: EstimateOptions,
  rows: ReadonlyMap<number, number>,
): Promise<SampledBranch[]> {
  const parameters = new Parameters();
  const conditions = places.map(({ condition }) => condition);
  const deciding = compileBranches(conditions, { ...options, parameters });
  const isDeciding = ({ tableId }: Branch) => deciding.some((branch) => branch.tableId === tableId);
  // Others matter only for how many of their rows are profiles.
  const others = compileBranches([everybody], { ...options, parameters }).filter(
    (branch) => branch.isProfile !== null && !isDeciding(branch),
  );
  const whole = compileBranches(conditions.slice(0, 1), { ...options, parameters });
  const random = seededRandom(seed);
  const started = performance.now();
  const begun = [];
  for (const branch of [...deciding, ...others]) {
    const isAlone = branch.joins === '' && branch.isProfile === null;
    const draw = await UnitDraw.start(connection, {
      tableId: branch.tableId,
      rows: rows.get(branch.tableId) ?? 0,
      rowsPerUnit: isAlone ? rowsPerUnit.alone : rowsPerUnit.joined,
      random,
    });
    const before = performance.now();
    const look = (units: number) => sampleBranch(connection, branch, { places, draw, units });
    const first = await look(firstUnits);
    begun.push({ branch, draw, look, first, unitTime: (performance.now() - before) / firstUnits });
  }
  const sampled: SampledBranch[] = [];
  const left = milliseconds - (performance.now() - started);
  for (const { branch, draw, look, first, unitTime } of begun) {
    const share = isDeciding(branch) ? left / deciding.length : 0;
    const units = Math.min(mostUnits, Math.floor(share / unitTime));
    const samples = units > 0 ? [first, await look(units)] : [first];
    const { tableId } = branch;
    const isDecided = !whole.some((one) => one.tableId === tableId);
    sampled.push({ tableId, draw, isDecided, ...addSamples(samples) });
  }
  return sampled;
}

interface BranchEstimate {
  readonly size: number;
  readonly low: number;
  readonly high: number;
  readonly notProfiles: number;
  readonly counts: readonly number[];
}

function project(
  { draw, isDecided, sums, counts }: SampledBranch,
  rowsInAll: number,
): BranchEstimate {
  const [rows = 0, hits = 0, rowsSquared = 0, hitsSquared = 0, rowsTimesHits = 0, profiles = 0] =
    sums;
  const { share, low, high } = isDecided
    ? nobody
    : shareInterval({
        ...{ units: draw.drawn, allUnits: draw.allUnits },
        ...{ rows, hits, rowsSquared, hitsSquared, rowsTimesHits },
        ...{ rowsInPart: rowsInAll / partitionCount, rowsInAll },
      });
  const scale = rows === 0 ? 0 : rowsInAll / rows;
  return {
    size: share * rowsInAll,
    // Those that were seen are there.
    low: Math.max(low * rowsInAll, hits),
    high: Math.min(high * rowsInAll, rowsInAll - (rows - hits)),
    notProfiles: (rows - profiles) * scale,
    counts: counts.map((count) => count * scale),
  };
}

const nobody = { share: 0, low: 0, high: 0 };

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** How far independent estimates may be off together. */
function rootOfSquares(distances: readonly number[]): number {
  return Math.sqrt(sum(distances.map((distance) => Math.max(0, distance) ** 2)));
}
