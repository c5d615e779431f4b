import type { Place } from '#lib/core/audience/places.ts';
import type { Connection } from '../pool.ts';
import type { Branch } from './compile-branches.ts';
import { Parameters } from './parameters.ts';
import { PlaceCounts, sumUp } from './place-counts.ts';
import type { UnitDraw } from './sampled-units.ts';
import { rowName } from './user-rows.ts';

/** What was seen of one kind of profiles. */
export interface BranchSample {
  /** Rows, members among them; their squares and product, each by unit and then added up; and profiles. */
  readonly sums: readonly number[];
  /** As `readCounts` takes them, of the rows that were seen. */
  readonly counts: readonly number[];
}

export interface SampleBranchOptions {
  readonly places: readonly Place[];
  readonly draw: UnitDraw;
  readonly units: number;
}

/** Looks at some more units of a branch's table, each row with those that are joined to it. */
export async function sampleBranch(
  connection: Connection,
  branch: Branch,
  { places, draw, units }: SampleBranchOptions,
): Promise<BranchSample> {
  const drawn = draw.take(units);
  // The other branches' statements have theirs.
  const parameters = new Parameters();
  const counts = new PlaceCounts(places, { ...branch.context, parameters });
  const first = parameters.add(
    drawn.map((unit) => unit.first),
    'tid[]',
  );
  const end = parameters.add(
    drawn.map((unit) => unit.end),
    'tid[]',
  );
  const row = rowName(branch.tableId);
  const isProfile = branch.isProfile ?? 'TRUE';
  // Without OFFSET the parts would be one join, and the whole table would be read for each unit.
  const text = `
    WITH seen AS MATERIALIZED (
      SELECT ${[`${row}.unit`, `${isProfile} AS is_profile`, ...counts.columns].join(', ')}
      FROM (
        SELECT unit.number AS unit, part.*
        FROM unnest(${first}, ${end}) WITH ORDINALITY AS unit (first, behind, number)
        CROSS JOIN LATERAL (
          SELECT * FROM ${draw.partition} WHERE ctid >= unit.first AND ctid < unit.behind OFFSET 0
        ) AS part
      ) AS ${row}${branch.joins}
    )
    SELECT (
      SELECT ARRAY[sum(m), sum(y), sum(m * m), sum(y * y), sum(m * y), sum(profiles)]::float8[] FROM (
        SELECT count(*)::float8 AS m, (count(*) FILTER (WHERE is_profile AND ${counts.whole}))::float8 AS y,
          (count(*) FILTER (WHERE is_profile))::float8 AS profiles
        FROM seen GROUP BY unit
      ) AS units
    ) AS sums, (${counts.countsOf('(SELECT * FROM seen WHERE is_profile) AS seen')}) AS counts`;
  const { rows } = await connection.query<BranchSample>(text, parameters.values);
  return rows[0] ?? { sums: [], counts: [] };
}

export function addSamples(samples: readonly BranchSample[]): BranchSample {
  return {
    sums: sumUp(samples.map(({ sums }) => sums.map(Number))),
    counts: sumUp(samples.map(({ counts }) => counts)),
  };
}
