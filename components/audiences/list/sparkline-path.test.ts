import { expect, test } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const box = { width: 50, height: 20, now: new Date('2026-01-11T00:00:00Z') };
const at = (day: number, size: number) => ({ size, countedAt: `2026-01-0${day}T00:00:00.000Z` });

test('a size holds until the next count, the last one until now', () => {
  expect(sparklinePath([at(1, 10), at(3, 30), at(5, 20)], box)).toBe('M0 20H10V0H20V10H50');
});

test('what never changed is a line through the middle', () => {
  expect(sparklinePath([at(1, 7), at(5, 7)], box)).toBe('M0 10H20V10H50');
});
