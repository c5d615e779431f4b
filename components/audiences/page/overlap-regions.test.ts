import { expect, test } from 'vitest';
import { regionsOf } from './overlap-regions.ts';

test('each region once, whatever the order of the answer; the empty ones, too', () => {
  const audiences = ['A', 'B', 'C'].map((name, index) => ({ id: 7 - index, name, size: 0 }));
  const regions = regionsOf({
    audiences,
    regions: [
      { ids: [5, 7], size: 3 },
      { ids: [6], size: 1 },
    ],
    total: 10,
    milliseconds: 1,
  });
  expect(regions.map(({ words, size }) => [words, size])).toEqual([
    ['In all three', 0],
    ['In A and B only', 0],
    ['In A and C only', 3],
    ['In B and C only', 0],
    ['Only in A', 0],
    ['Only in B', 1],
    ['Only in C', 0],
  ]);
});
