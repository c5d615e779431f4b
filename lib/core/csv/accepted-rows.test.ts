import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AcceptedRows } from './accepted-rows.ts';

const source = Buffer.from(Array.from({ length: 400_000 }, (_, at) => at % 251));

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('forward', 'rewrite', 'take'),
    /** Bytes that are left out before it. */
    gap: fc.constantFrom(0, 0, 1, 100),
    length: fc.oneof(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 8_000, max: 8_400 }),
      fc.integer({ min: 60_000, max: 70_000 }),
    ),
  }),
  { maxLength: 40 },
);

test('whatever is passed or rewritten comes out in its order, and stays as it was handed out', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const rows = new AcceptedRows();
      const expected: Buffer[] = [];
      const taken: Buffer[] = [];
      const asTaken: Buffer[] = [];
      const take = () => {
        const slices = rows.take();
        taken.push(...slices);
        asTaken.push(...slices.map((slice) => Buffer.from(slice)));
      };
      let at = 0;
      for (const { kind, gap, length } of steps) {
        const start = at + gap;
        const end = start + length;
        if (kind === 'take' || end > source.length) {
          take();
          continue;
        }
        at = end;
        expected.push(source.subarray(start, end));
        if (kind === 'forward') {
          rows.forward(source, start, end);
        } else {
          rows.beginRow(length);
          rows.writeBytes(source, start, end);
        }
      }
      take();
      expect(Buffer.concat(taken).equals(Buffer.concat(expected))).toBe(true);
      expect(Buffer.concat(asTaken).equals(Buffer.concat(taken))).toBe(true);
    }),
  );
});

test('rows that stand alone are packed; a long stretch is no copy', () => {
  const rows = new AcceptedRows();
  for (let start = 0; start < 100_000; start += 200) rows.forward(source, start, start + 100);
  rows.forward(source, 200_000, 220_000);
  const slices = rows.take();
  expect(slices).toHaveLength(2);
  expect(slices[0]).toHaveLength(50_000);
  expect(slices[1]?.buffer).toBe(source.buffer);
});
