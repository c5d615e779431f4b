import { expect, test } from 'vitest';
import { formatEstimate, formatShort } from './format-size.ts';

test.each([
  [{ size: 1_204_000, low: 1_190_000, high: 1_310_000 }, ['1.2M', '1.1M', '1.4M']],
  [{ size: 1_204_000, low: 1_201_000, high: 1_208_000 }, ['1.2M', '1.2M', '1.21M']],
  [{ size: 40, low: 0, high: 90 }, ['40', '0', '90']],
])('an estimate of %o', (estimate, [about, low, high]) => {
  expect(formatEstimate(estimate)).toEqual({ about, low, high });
});

test.each([
  [9_999, '9,999'],
  [12_345, '12.3K'],
  [1_234_567, '1.23M'],
])('%i in a narrow place', (size, expected) => {
  expect(formatShort(size)).toBe(expected);
});
