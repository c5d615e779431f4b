export const checksumAlgorithms = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
  'SHA512',
  'MD5',
] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** `COMPOSITE` is a checksum of the parts' checksums, `FULL_OBJECT` one of all bytes. */
export const checksumTypes = ['COMPOSITE', 'FULL_OBJECT'] as const;
export type ChecksumType = (typeof checksumTypes)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

/** Bytes of a digest. */
const checksumBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  MD5: 16,
};

/** Clients spell the names in any case: minio-py sends `crc32c`. */
export function parseChecksumAlgorithm(name: string): ChecksumAlgorithm | null {
  const wanted = name.trim().toUpperCase();
  return checksumAlgorithms.find((algorithm) => algorithm === wanted) ?? null;
}

/** @example checksumHeader('CRC64NVME') // 'x-amz-checksum-crc64nvme' */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Base64 of exactly the algorithm's length, or null. */
export function decodeChecksum(algorithm: ChecksumAlgorithm, value: string): Buffer | null {
  const bytes = Buffer.from(value, 'base64');
  const canonical = bytes.length === checksumBytes[algorithm] && bytes.toString('base64') === value;
  return canonical ? bytes : null;
}
