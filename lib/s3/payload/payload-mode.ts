import { fail, ok, type Result } from '#lib/core/result.ts';
import { s3Errors, type S3Error } from '../errors.ts';

/** How the body is protected and framed, as `x-amz-content-sha256` says. */
export type PayloadMode =
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  /** `aws-chunked` framing: each chunk signed or not, checksum trailers behind the last or not. */
  | { readonly kind: 'chunked'; readonly signed: boolean; readonly trailer: boolean };

const chunkedModes: ReadonlyMap<string, PayloadMode> = new Map([
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { kind: 'chunked', signed: true, trailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { kind: 'chunked', signed: true, trailer: true }],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { kind: 'chunked', signed: false, trailer: true }],
]);

/** Reads `x-amz-content-sha256`. Content-Encoding is no guide: minio-go streams without naming `aws-chunked`. */
export function parsePayloadMode(payloadHash: string): Result<PayloadMode, S3Error> {
  if (payloadHash === 'UNSIGNED-PAYLOAD') return ok({ kind: 'unsigned' });
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) {
    return ok({ kind: 'hashed', sha256: payloadHash.toLowerCase() });
  }
  const chunked = chunkedModes.get(payloadHash);
  if (chunked) return ok(chunked);
  if (payloadHash.startsWith('STREAMING-AWS4-ECDSA-')) {
    return fail(
      s3Errors.NotImplemented(
        'Signature Version 4A is not implemented. Please use AWS4-HMAC-SHA256.',
      ),
    );
  }
  return fail(
    s3Errors.InvalidArgument(
      `x-amz-content-sha256 must be UNSIGNED-PAYLOAD, ${[...chunkedModes.keys()].join(', ')}, or a valid sha256 value.`,
    ),
  );
}
