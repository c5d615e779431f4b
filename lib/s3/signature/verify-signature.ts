import { timingSafeEqual } from 'node:crypto';
import type { RequestHeaders } from '../request-headers.ts';
import type { RequestTarget } from '../request-target.ts';
import { canonicalPaths, canonicalRequest } from './canonical-request.ts';
import type { SignatureClaim } from './signature-claim.ts';
import { deriveSigningKey, formatScope, hmac, sha256Hex, signingAlgorithm } from './signing-key.ts';

export interface SignedRequest {
  readonly method: string;
  readonly target: RequestTarget;
  readonly headers: RequestHeaders;
  /** Hosts that clients may have signed although a proxy in front rewrites the Host header. */
  readonly publicHosts: readonly string[];
}

export interface VerifyOptions {
  readonly claim: SignatureClaim;
  readonly request: SignedRequest;
  readonly secret: string;
}

/**
 * Recomputes a request's signature from its raw target and headers and compares in constant time.
 *
 * @returns the signing key, which the chunk signatures of a streamed body need too, or null
 */
export function verifySignature({ claim, request, secret }: VerifyOptions): Buffer | null {
  const key = deriveSigningKey(secret, claim.scope);
  const given = Buffer.from(claim.signature, 'hex');
  let matches = false;
  for (const path of canonicalPaths(request.target)) {
    for (const host of [undefined, ...request.publicHosts]) {
      const { signedHeaders, payloadHash } = claim;
      const { method, headers } = request;
      const { query } = request.target;
      const canonical = canonicalRequest({
        method,
        path,
        query,
        headers,
        signedHeaders,
        payloadHash,
        host,
      });
      if (timingSafeEqual(sign(key, claim, canonical), given)) matches = true;
    }
  }
  return matches ? key : null;
}

function sign(key: Buffer, claim: SignatureClaim, canonical: string): Buffer {
  const lines = [signingAlgorithm, claim.dateTime, formatScope(claim.scope), sha256Hex(canonical)];
  return hmac(key, lines.join('\n'));
}
