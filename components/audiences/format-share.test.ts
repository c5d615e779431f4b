import { expect, it } from 'vitest';
import { formatShare } from './format-share.ts';

it.each<[number, number, string]>([
  [0, 0, '0%'],
  [0, 10, '0%'],
  [1, 3, '33.3%'],
  [1, 100_000, '<0.1%'],
  [99_999, 100_000, '>99.9%'],
  [5, 5, '100%'],
])('%s of %s is %s', (part, total, text) => {
  expect(formatShare(part, total)).toBe(text);
});
