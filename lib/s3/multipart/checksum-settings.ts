import { s3Errors } from '../errors.ts';
import {
  checksumTypes,
  parseChecksumAlgorithm,
  type ChecksumAlgorithm,
  type ChecksumType,
} from '../payload/checksum.ts';
import { isCombinable } from '../payload/combine-crc.ts';
import type { RequestHeaders } from '../request-headers.ts';

export interface ChecksumSettings {
  readonly checksumAlgorithm: ChecksumAlgorithm | null;
  readonly checksumType: ChecksumType | null;
}

/**
 * Reads how the object of a multipart upload is to be summed.
 *
 * @throws InvalidRequest for an unknown algorithm, or a type that it cannot have: CRCs of parts can be combined to one
 *   of the whole, other sums cannot, and CRC64NVME has no composite form
 */
export function parseChecksumSettings(headers: RequestHeaders): ChecksumSettings {
  const name =
    headers.get('x-amz-checksum-algorithm') ?? headers.get('x-amz-sdk-checksum-algorithm');
  const typeName = headers.get('x-amz-checksum-type')?.trim().toUpperCase();
  if (name === undefined) {
    if (typeName === undefined) return { checksumAlgorithm: null, checksumType: null };
    throw s3Errors.InvalidRequest(
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const checksumAlgorithm = parseChecksumAlgorithm(name);
  if (!checksumAlgorithm) {
    throw s3Errors.InvalidRequest('Checksum algorithm provided is unsupported.');
  }
  const standard = checksumAlgorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  const checksumType = checksumTypes.find((type) => type === (typeName ?? standard));
  const isPossible =
    checksumType === 'FULL_OBJECT' ? isCombinable(checksumAlgorithm) : standard === 'COMPOSITE';
  if (!checksumType || !isPossible) {
    throw s3Errors.InvalidRequest(
      `The ${typeName ?? ''} checksum type cannot be used with the ${checksumAlgorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { checksumAlgorithm, checksumType };
}
