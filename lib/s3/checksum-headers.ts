import { checksumHeader, type Checksum, type ChecksumAlgorithm } from './payload/checksum.ts';

/** The checksum of bytes that were sent in one piece. */
export function fullObjectChecksum(
  sum: { readonly algorithm: ChecksumAlgorithm; readonly value: Buffer } | null,
): Checksum | null {
  if (!sum) return null;
  return { algorithm: sum.algorithm, value: sum.value.toString('base64'), type: 'FULL_OBJECT' };
}

/** As headers of an answer; some clients send what they read here again when they complete an upload. */
export function checksumHeaders(checksum: Checksum | null): Record<string, string> {
  if (!checksum) return {};
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  };
}

/** As elements of an XML answer. */
export function checksumElements(checksum: Checksum | null): Record<string, string> {
  if (!checksum) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}
