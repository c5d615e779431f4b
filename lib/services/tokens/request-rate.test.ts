import { expect, test } from 'vitest';
import { RequestRate } from './request-rate.ts';

test('a minute’s worth passes at once, then as many as refill', () => {
  const rate = new RequestRate(60);
  for (let request = 0; request < 60; request++) expect(rate.take(1, 0)).toBe(0);
  expect(rate.take(1, 0)).toBe(1);
  expect(rate.take(1, 999)).toBe(1);
  expect(rate.take(1, 1_000)).toBe(0);
  expect(rate.take(1, 1_000)).toBe(1);
  for (let request = 0; request < 60; request++) expect(rate.take(1, 120_000)).toBe(0);
  expect(rate.take(1, 120_000)).toBe(1);
});

test('keys do not share, and says how long to wait at a slow rate', () => {
  const rate = new RequestRate(1);
  expect(rate.take(1, 0)).toBe(0);
  expect(rate.take(2, 0)).toBe(0);
  expect(rate.take(1, 10_000)).toBe(50);
});

test('without a limit everything passes', () => {
  const rate = new RequestRate(0);
  for (let request = 0; request < 1_000; request++) expect(rate.take(1, 0)).toBe(0);
});
