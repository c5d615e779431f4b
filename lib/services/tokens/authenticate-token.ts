import { roleConfig } from '#lib/config/role-config.ts';
import { AppError, errors } from '../../core/errors.ts';
import type { TokenActor } from '../actor.ts';
import { currentFacts, type Facts } from '../facts/facts.ts';
import { hashSecret } from '../secrets.ts';
import { noteUse } from './note-use.ts';
import { RequestRate } from './request-rate.ts';

export interface TokenCredentials {
  /** Header `Token`. */
  readonly token: string | undefined;
  readonly hasAuthorization: boolean;
}

const authenticationFailed = 'Authentication Failed.';

let rate: RequestRate | undefined;

/**
 * Who sends a request of the REST API: for whom the token speaks, with the rights that its maker has now, as far
 * as its scopes go. Classic tokens travel in `Token:` alone; the sentences say so to those who come with another kind.
 *
 * @param facts left out where the caller does not check them itself.
 * @throws `unauthenticated` (401) without a token, `invalid-token` (403) with one that is not good, as Optimizely's API answers
 */
export async function authenticateToken(
  credentials: TokenCredentials,
  facts?: Facts,
): Promise<TokenActor> {
  const token = credentials.token?.trim();
  if (!token) {
    const reason = credentials.hasAuthorization
      ? 'This API takes classic API tokens in the header "Token"; personal access tokens and OAuth ("Authorization: Bearer") are not accepted.'
      : 'Send a classic API token in the header "Token".';
    throw errors.unauthenticated(`${authenticationFailed} ${reason}`);
  }
  const known = await (facts ?? (await currentFacts())).token(hashSecret(token));
  const now = Date.now();
  if (!known || (known.expiresAt !== null && known.expiresAt <= now)) {
    const message = `${authenticationFailed} The token is unknown, expired or revoked.`;
    throw new AppError({ code: 'invalid-token', message, status: 403 });
  }
  noteUse(known.actor.tokenId, now);
  return known.actor;
}

/** Counts a request of a token. @throws `rate-limited` (429) */
export function countRequest({ tokenId }: TokenActor): void {
  rate ??= new RequestRate(roleConfig().tokenRequestsPerMinute);
  const wait = rate.take(tokenId, Date.now());
  if (wait > 0) throw errors.rateLimited(tooMany(wait), wait);
}

function tooMany(wait: number): string {
  const { tokenRequestsPerMinute } = roleConfig();
  return `This token may make ${tokenRequestsPerMinute.toLocaleString('en-US')} requests a minute. Wait ${wait === 1 ? 'a second' : `${wait} seconds`} and try again.`;
}
