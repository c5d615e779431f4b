import { afterEach, describe, expect, test, vi } from 'vitest';
import { isDay, startOfDay, startOfNextDay } from './day.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['2026-02-28', '2024-02-29', '1980-01-01', '2999-12-31'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each(['', '2026-02-30', '2023-02-29', '2026-13-01', '2026-1-1', '0202-01-01', '20260101'])(
  '%j is none',
  (text) => {
    expect(isDay(text)).toBe(false);
  },
);

describe('a day begins', () => {
  test('and ends where the reader is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(startOfDay('2026-11-27')).toBe('2026-11-27T05:00:00.000Z');
    expect(startOfNextDay('2026-11-30')).toBe('2026-12-01T05:00:00.000Z');
  });

  test('an hour earlier or later when the clocks change', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(startOfDay('2026-03-29')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfNextDay('2026-03-29')).toBe('2026-03-29T22:00:00.000Z');
  });
});
