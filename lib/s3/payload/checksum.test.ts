import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checksumAlgorithms, decodeChecksum, parseChecksumAlgorithm } from './checksum.ts';
import { combineCrc, type CombinableAlgorithm } from './combine-crc.ts';
import { createHasher, digestOf } from './hasher.ts';

// Check values of "123456789": the CRC catalogue's and the hash functions' published ones.
const known = {
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  CRC64NVME: 'ae8b14860a799888',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
  SHA512: createHash('sha512').update('123456789').digest('hex'),
  MD5: '25f9e794323b453885f5181f1b624d0b',
} as const;

describe.each(checksumAlgorithms)('%s', (algorithm) => {
  test('gives the published check value, however the bytes are cut', async () => {
    const hasher = createHasher(algorithm);
    for (const piece of ['1', '2345', '', '6789']) hasher.update(Buffer.from(piece));
    expect((await hasher.digest()).toString('hex')).toBe(known[algorithm]);
  });

  test('is found under its name in any letter case', () => {
    expect(parseChecksumAlgorithm(algorithm.toLowerCase())).toBe(algorithm);
  });

  test('is decoded only from base64 of its own length', async () => {
    const digest = await digestOf(algorithm, Buffer.from('x'));
    expect(decodeChecksum(algorithm, digest.toString('base64'))).toEqual(digest);
    expect(decodeChecksum(algorithm, digest.subarray(1).toString('base64'))).toBeNull();
    expect(decodeChecksum(algorithm, digest.toString('hex'))).toBeNull();
    expect(decodeChecksum(algorithm, '')).toBeNull();
  });
});

const combinable: readonly CombinableAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME'];

test.each(combinable)('%s of parts combines to that of the whole', async (algorithm) => {
  for (const [one, two] of [
    [0, 5],
    [5, 0],
    [1, 1],
    [1000, 65_537],
    [70_000, 5 * 1024 * 1024],
  ] as const) {
    const [a, b] = [randomBytes(one), randomBytes(two)];
    const combined = combineCrc({
      algorithm,
      first: await digestOf(algorithm, a),
      second: await digestOf(algorithm, b),
      secondBytes: two,
    });
    expect(combined).toEqual(await digestOf(algorithm, Buffer.concat([a, b])));
  }
});
