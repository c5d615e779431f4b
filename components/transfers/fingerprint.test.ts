import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

function makeFile(sizeBytes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31 + (index >> 8)) % 251);
}

async function print(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return fingerprintOf(new Blob([bytes]));
}

test('is the same for the same bytes', async () => {
  expect(await print(makeFile(1_500_000))).toBe(await print(makeFile(1_500_000)));
  expect(await print(makeFile(0))).toMatch(/^[0-9a-f]{16}$/);
});

test.each([0, 40_000, 1_048_575])('sees byte %d of a MiB change', async (at) => {
  const changed = makeFile(1_048_576);
  changed[at] = (changed[at] ?? 0) ^ 1;
  expect(await print(changed)).not.toBe(await print(makeFile(1_048_576)));
});

test('sees the first and the last byte of a large file change', async () => {
  const original = await print(makeFile(2_000_000));
  for (const at of [0, 1_999_999]) {
    const changed = makeFile(2_000_000);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await print(changed)).not.toBe(original);
  }
});
