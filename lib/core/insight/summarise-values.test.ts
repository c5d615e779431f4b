import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateDistinct } from './estimate-distinct.ts';
import { histogramOf } from './histogram.ts';
import { summariseValues } from './summarise-values.ts';

describe('what is known of all rows', () => {
  test('whole numbers: few different ones have a range each', () => {
    const counts = new Map([
      ['1', 6],
      ['2', 3],
      ['4', 3],
    ]);
    expect(summariseValues({ type: 'long', counts, rowsRead: 24, rowCount: 24 })).toEqual({
      fillRate: 0.5,
      distinct: 3,
      min: '1',
      max: '4',
      top: [{ value: '1', share: 0.5 }],
      histogram: [
        { from: '1', to: '2', share: 0.5 },
        { from: '2', to: '3', share: 0.25 },
        { from: '3', to: '4', share: 0 },
        { from: '4', to: '4', share: 0.25 },
      ],
    });
  });

  test('a value that few rows have, or a very long one, is not named', () => {
    const counts = new Map([
      ['Paris', 5],
      ['Rome', 4],
      ['x'.repeat(201), 9],
    ]);
    const { top, distinct, min } = summariseValues({
      ...{ type: 'string', counts, rowsRead: 18, rowCount: 18 },
    });
    expect(top.map(({ value }) => value)).toEqual(['Paris']);
    expect([distinct, min]).toEqual([3, null]);
  });

  test.each([
    ['date', ['0001-01-01', '9999-12-31'], '0001-01-01', '9999-12-31'],
    [
      'datetime',
      ['1999-01-01 00:00:00', '9999-12-31 23:59:59'],
      '1999-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ],
    ['epoch', ['0', '1651676123'], '0', '1651676123'],
    [
      'long',
      ['-9223372036854775807', '9223372036854775807'],
      '-9223372036854775807',
      '9223372036854775807',
    ],
    [
      'double',
      ['-1.7976931348623157e+308', '1.7976931348623157e+308'],
      '-1.7976931348623157e+308',
      '1.7976931348623157e+308',
    ],
    ['double', ['0', '5e-324'], '0', '5e-324'],
  ] as const)('%s from %j', (type, values, min, max) => {
    const counts = new Map(values.map((value) => [value, 1]));
    const summary = summariseValues({ type, counts, rowsRead: 2, rowCount: 2 });
    expect(summary).toMatchObject({ min, max, distinct: 2 });
    expect(summary.histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  test('nothing', () => {
    const summary = { type: 'long', counts: new Map(), rowsRead: 0, rowCount: 0 } as const;
    expect(summariseValues(summary)).toEqual({
      ...{ fillRate: null, distinct: null, min: null, max: null, top: [], histogram: [] },
    });
  });
});

test('every point is counted once, in the range that it is in', () => {
  const point = fc.oneof(
    fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }), { minLength: 1 }),
    fc.array(fc.bigInt({ min: 0n, max: 30n }), { minLength: 1 }),
    fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
  );
  fc.assert(
    fc.property(point, (points: readonly (bigint | number)[]) => {
      const ranges = histogramOf(points.map((one) => [one, 1] as const));
      expect(ranges.length).toBeLessThanOrEqual(21);
      ranges.forEach(({ from, to, count }, index) => {
        const isLast = index === ranges.length - 1;
        const inside = points.filter((one) => one >= from && (one < to || (isLast && one <= to)));
        expect(inside).toHaveLength(count);
      });
      expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
    }),
  );
});

test.each([
  ['each value often: these are all', { distinct: 3, once: 0, read: 100, filled: 10_000 }, 3],
  ['each value once: every row has its own', { distinct: 9, once: 9, read: 9, filled: 900 }, 900],
  ['all rows were read', { distinct: 7, once: 5, read: 9, filled: 9 }, 7],
  ['in between', { distinct: 60, once: 20, read: 100, filled: 1_000 }, 73],
])('how many different values: %s', (_name, sample, expected) => {
  expect(estimateDistinct(sample)).toBe(expected);
});
