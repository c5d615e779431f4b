import { s3Errors, type S3Error } from '../errors.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { SignatureClaim } from './signature-claim.ts';

const allowedSkewMs = 15 * 60 * 1000;

/** Rules that a signature must keep before it is worth computing: its time and what it covers. */
export function checkClaim(options: {
  readonly claim: SignatureClaim;
  readonly headers: RequestHeaders;
  readonly now: Date;
}): S3Error | null {
  return checkTime(options.claim, options.now) ?? checkCoverage(options.claim, options.headers);
}

function checkTime(claim: SignatureClaim, now: Date): S3Error | null {
  const age = now.getTime() - claim.signedAt.getTime();
  if (claim.expiresSeconds === null) {
    return Math.abs(age) > allowedSkewMs ? s3Errors.RequestTimeTooSkewed(now) : null;
  }
  if (age < -allowedSkewMs) return s3Errors.AccessDenied('Request is not valid yet.');
  if (age > claim.expiresSeconds * 1000) return s3Errors.AccessDenied('Request has expired.');
  return null;
}

/** Without this, whoever can alter a request in flight could add headers that the key's owner never signed. */
function checkCoverage(claim: SignatureClaim, headers: RequestHeaders): S3Error | null {
  const signed = new Set(claim.signedHeaders);
  const received = headers.names().filter((name) => name.startsWith('x-amz-'));
  const unsigned = ['host', ...received].filter((name) => !signed.has(name));
  if (unsigned.length === 0) return null;
  return s3Errors.AccessDenied(
    `There were headers present in the request which were not signed: ${unsigned.join(', ')}`,
  );
}
