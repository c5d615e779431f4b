import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planParts, sizeOf } from './plan-parts.ts';

const mebibyte = 1024 ** 2;
const largestFile = 10 * 1024 ** 3;

test('parts cover the file without a gap, within the limits of S3', () => {
  fc.assert(
    // Beyond what the endpoint takes, so that a raised limit needs no other plan.
    fc.property(fc.integer({ min: 1, max: 100 * largestFile }), (sizeBytes) => {
      const parts = planParts(sizeBytes);
      expect(parts.length).toBeLessThanOrEqual(10_000);
      expect(parts[0]?.start).toBe(0);
      expect(parts.at(-1)?.end).toBe(sizeBytes);
      const misplaced = parts.filter(
        (part, index) =>
          part.number !== index + 1 ||
          part.start !== (parts[index - 1]?.end ?? 0) ||
          sizeOf(part) < 1,
      );
      expect(misplaced).toEqual([]);
      const small = parts.slice(0, -1).filter((part) => sizeOf(part) < 5 * mebibyte);
      expect(small).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each([
  [1, 1],
  [8 * mebibyte, 1],
  [8 * mebibyte + 1, 2],
  [largestFile, 1280],
])('%d bytes make %d parts', (sizeBytes, count) => {
  expect(planParts(sizeBytes)).toHaveLength(count);
});

test('a small file is one part of its own size', () => {
  expect(planParts(37)).toEqual([{ number: 1, start: 0, end: 37 }]);
});
