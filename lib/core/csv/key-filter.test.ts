import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyFilter } from './key-filter.ts';

function add(filter: KeyFilter, text: string): boolean {
  const bytes = Buffer.from(text);
  return filter.add(bytes, 0, bytes.length);
}

test('never calls a known ID new, whatever its size', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), fc.nat(4096), (ids, size) => {
      const filter = new KeyFilter(size);
      for (const id of ids) add(filter, id);
      expect(ids.filter((id) => add(filter, id))).toEqual([]);
    }),
  );
});

test.each([
  ['numbers', (index: number) => String(index)],
  ['padded numbers', (index: number) => String(index).padStart(12, '0')],
  ['a prefix', (index: number) => `customer-${index}@example.com`],
  ['hexadecimal', (index: number) => Math.imul(index, 0x9e3779b1).toString(16)],
])('rarely doubts a new one: %s', (_title, idOf) => {
  const rows = 100_000;
  const filter = new KeyFilter(512 * 1024);
  let doubted = 0;
  for (let index = 0; index < rows; index++) if (!add(filter, idOf(index))) doubted++;
  expect(doubted).toBeLessThan(rows / 1_000);
});
