/** What a random sample of units of rows says: of each unit how many rows it has, `m`, and how many of them count, `y`. */
export interface UnitSample {
  /** How many were drawn, empty ones too, and out of how many. */
  readonly units: number;
  readonly allUnits: number;
  /** Sums over the drawn units: of m, y, m², y² and m·y. */
  readonly rows: number;
  readonly hits: number;
  readonly rowsSquared: number;
  readonly hitsSquared: number;
  readonly rowsTimesHits: number;
  /** Rows of all units, and of the whole of which those are a random part. */
  readonly rowsInPart: number;
  readonly rowsInAll: number;
}

/** A share of the rows, from 0 to 1. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 99 %: more than is promised, because the spread itself is estimated. */
const z = 2.576;

/**
 * The share of rows that count, with an interval for it. Rows of one unit lie beside each other and were often loaded
 * together, so that they are alike: the spread between units, not the number of rows, says how far off the sample
 * may be (a ratio estimate with its design effect, in Wilson's interval for the rows that it is worth).
 *
 * Units without a hit say little of hits that lie together: no interval ends closer to its share than as many
 * independent customers as units would allow at 0 and at 1.
 *
 * @example shareInterval({ units: 500, allUnits: 20_000, rows: 8_000, hits: 800, ... }) // { share: 0.1, low: 0.09, high: 0.11 }
 */
export function shareInterval(sample: UnitSample): ShareInterval {
  const { units, allUnits, rows, hits, rowsInPart, rowsInAll } = sample;
  if (rows === 0) return { share: 0, low: 0, high: rowsInAll === 0 ? 0 : 1 };
  const share = hits / rows;
  const unseen = Math.max(0, 1 - units / allUnits);
  const perRow = unseen / worthOf(sample) + Math.max(0, 1 / rowsInPart - 1 / rowsInAll);
  if (perRow <= 0) return { share, low: share, high: share };
  const { low, high } = wilson(share, 1 / perRow);
  const margin = unseen * wilson(0, units).high;
  return { share, low: Math.min(low, 1 - margin, share), high: Math.max(high, margin, share) };
}

/** How many independent rows the sample is worth. */
function worthOf(sample: UnitSample): number {
  const { units, rows, hits, rowsSquared, hitsSquared, rowsTimesHits } = sample;
  const share = hits / rows;
  const residuals = hitsSquared - 2 * share * rowsTimesHits + share * share * rowsSquared;
  // All or nothing of what was seen: nothing is known of how alike neighbours are.
  if (residuals <= 0 || share === 0 || share === 1 || units < 2) return Math.min(units, rows);
  const variance = ((units / (units - 1)) * residuals) / (rows * rows);
  return Math.min(rows, (share * (1 - share)) / variance);
}

/** Wilson's interval for a share that was seen in `count` independent rows. */
function wilson(share: number, count: number): { low: number; high: number } {
  const centre = share + (z * z) / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  const scale = 1 + (z * z) / count;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}
