import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatRelativeTime,
  formatTimeLeft,
} from './format.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1_536_000, '1.5 MB'],
  [999_950, '1 MB'],
  [10_000_000_000, '10 GB'],
  [5e15, '5,000 TB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [850, '850 ms'],
  [4200, '4.2 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('%d milliseconds read as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0.4, '1 s left'],
  [3.2, '4 s left'],
  [59.2, '1 min left'],
  [199.5, '3 min 20 s left'],
])('%d seconds to go read as %s', (seconds, text) => {
  expect(formatTimeLeft(seconds)).toBe(text);
});

test('one is singular', () => {
  expect([formatCount(1, 'row'), formatCount(0, 'row'), formatCount(1200, 'row')]).toEqual([
    '1 row',
    '0 rows',
    '1,200 rows',
  ]);
});

test.each([
  ['2026-03-10T11:59:40Z', 'just now'],
  ['2026-03-10T11:58:50Z', '1 minute ago'],
  ['2026-03-10T11:01:00Z', '1 hour ago'],
  ['2026-03-10T09:00:00Z', '3 hours ago'],
  ['2026-03-09T12:00:00Z', 'yesterday'],
  ['2026-03-04T12:00:00Z', '6 days ago'],
  ['2026-03-03T12:00:00Z', null],
])('at noon %s was %s', (date, text) => {
  expect(formatRelativeTime(new Date(date), new Date('2026-03-10T12:00:00Z'))).toBe(text);
});
