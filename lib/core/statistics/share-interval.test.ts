import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { shareInterval } from './share-interval.ts';

const units = 3_000;
const rowsPerUnit = 16;
const rowsInPart = units * rowsPerUnit;
/** The part is a random eighth of all. */
const rowsInAll = rowsInPart * 8;

/** Where the rows that count are: anywhere, in whole units, or both. */
const layouts: Readonly<Record<string, (share: number, random: () => number) => boolean[]>> = {
  scattered: (share, random) => Array.from({ length: rowsPerUnit }, () => random() < share),
  together: (share, random) => Array<boolean>(rowsPerUnit).fill(random() < share),
  mixed: (share, random) => {
    const inUnit = random() < 0.5 ? share * 1.8 : share * 0.2;
    return Array.from({ length: rowsPerUnit }, () => random() < inUnit);
  },
};

const shares = [0.002, 0.01, 0.05, 0.3, 0.5];

describe.each(Object.keys(layouts))('rows that count lie %s', (name) => {
  it.each(shares)('the interval is true: %d', (share) => {
    const random = seededRandom(name.length * 1_000 + share * 10_000);
    const hitsOfUnits = Array.from(
      { length: units },
      () => layouts[name]?.(share, random).filter(Boolean).length ?? 0,
    );
    // What the share is in all of the units, of which the sample sees a few.
    const truth = hitsOfUnits.reduce((sum, hits) => sum + hits, 0) / rowsInPart;
    const runs = 400;
    let held = 0;
    for (let run = 0; run < runs; run += 1) {
      const { low, high } = sample(hitsOfUnits, 300, random);
      if (low <= truth && truth <= high) held += 1;
    }
    expect(held / runs).toBeGreaterThanOrEqual(0.95);
  });
});

function sample(hitsOfUnits: readonly number[], drawn: number, random: () => number) {
  const left = [...hitsOfUnits];
  const sums = { rows: 0, hits: 0, rowsSquared: 0, hitsSquared: 0, rowsTimesHits: 0 };
  for (let unit = 0; unit < drawn; unit += 1) {
    const [hits = 0] = left.splice(Math.floor(random() * left.length), 1);
    sums.rows += rowsPerUnit;
    sums.hits += hits;
    sums.rowsSquared += rowsPerUnit * rowsPerUnit;
    sums.hitsSquared += hits * hits;
    sums.rowsTimesHits += rowsPerUnit * hits;
  }
  return shareInterval({ units: drawn, allUnits: units, ...sums, rowsInPart, rowsInAll });
}

test('the better rows are mixed, the more a sample says', () => {
  const random = seededRandom(7);
  const width = (name: string) => {
    const hits = Array.from(
      { length: units },
      () => layouts[name]?.(0.3, random).filter(Boolean).length ?? 0,
    );
    const { low, high } = sample(hits, 1_000, random);
    return high - low;
  };
  expect(width('scattered')).toBeLessThan(0.03);
  expect(width('together')).toBeGreaterThan(2 * width('scattered'));
});

test('nobody seen is not nobody', () => {
  const { share, high } = sample(Array<number>(units).fill(0), 300, seededRandom(1));
  expect(share).toBe(0);
  expect(high).toBeGreaterThan(0.01);
  expect(high).toBeLessThan(0.03);
});

test('no rows, no share', () => {
  const none = { rows: 0, hits: 0, rowsSquared: 0, hitsSquared: 0, rowsTimesHits: 0 };
  const empty = { units: 0, allUnits: 0, ...none, rowsInPart: 0, rowsInAll: 0 };
  expect(shareInterval(empty)).toEqual({ share: 0, low: 0, high: 0 });
});
