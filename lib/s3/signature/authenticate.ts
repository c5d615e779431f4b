import { fail, ok, type Result } from '#lib/core/result.ts';
import { s3Errors, type S3Error } from '../errors.ts';
import type { Credential, CredentialSource } from '../ports.ts';
import { checkClaim } from './check-claim.ts';
import { parseSignatureClaim } from './parse-claim.ts';
import type { SignatureClaim } from './signature-claim.ts';
import { verifySignature, type SignedRequest } from './verify-signature.ts';

/** A request whose signature is right, and by whom. */
export interface Authentication {
  readonly credential: Credential;
  readonly claim: SignatureClaim;
  readonly signingKey: Buffer;
}

/** Stands in for a missing secret, so that unknown keys take the time of known ones. */
const dummySecret = 'no such access key';

/**
 * Believes or refuses who a request says it is from.
 *
 * @returns the documented S3 error for anything that is missing, malformed, late or wrong
 */
export async function authenticate(options: {
  readonly request: SignedRequest;
  readonly credentials: CredentialSource;
  readonly now: Date;
}): Promise<Result<Authentication, S3Error>> {
  const { request, credentials, now } = options;
  const { headers, target } = request;
  const parsed = parseSignatureClaim({ headers, query: target.query });
  if (!parsed.ok) return parsed;
  const claim = parsed.value;
  const refused = checkClaim({ claim, headers, now });
  if (refused) return fail(refused);

  const credential = await credentials.find(claim.accessKeyId);
  const secret = credential?.secret ?? dummySecret;
  const signingKey = verifySignature({ claim, request, secret });
  if (!credential?.active) return fail(s3Errors.InvalidAccessKeyId());
  if (!signingKey) return fail(s3Errors.SignatureDoesNotMatch());
  return ok({ credential, claim, signingKey });
}
