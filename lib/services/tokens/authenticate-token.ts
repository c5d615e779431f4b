import { roleConfig } from '#lib/config/role-config.ts';
import { errors } from '../../core/errors.ts';
import type { TokenActor } from '../actor.ts';
import { findTokenActor } from './find-token-actor.ts';
import { RequestRate } from './request-rate.ts';

interface Credentials {
  /** Header `Token`. */
  readonly token: string | undefined;
  readonly hasAuthorization: boolean;
}

let rate: RequestRate | undefined;

/**
 * Who sends a request of the REST API. Classic tokens travel in `Token:` alone; the sentences say so to
 * those who come with another kind.
 *
 * @throws `unauthenticated` (401), `rate-limited` (429)
 */
export async function authenticateToken(credentials: Credentials): Promise<TokenActor> {
  const token = credentials.token?.trim();
  if (!token) {
    throw failed(
      credentials.hasAuthorization
        ? 'This API takes classic API tokens in the header "Token"; personal access tokens and OAuth ("Authorization: Bearer") are not accepted.'
        : 'Send a classic API token in the header "Token".',
    );
  }
  const actor = await findTokenActor(token);
  if (!actor) throw failed('The token is unknown, expired or revoked.');
  rate ??= new RequestRate(roleConfig().tokenRequestsPerMinute);
  const wait = rate.take(actor.tokenId, Date.now());
  if (wait > 0) throw errors.rateLimited(tooMany(wait), wait);
  return actor;
}

function failed(reason: string) {
  return errors.unauthenticated(`Authentication Failed. ${reason}`);
}

function tooMany(wait: number): string {
  const { tokenRequestsPerMinute } = roleConfig();
  return `This token may make ${tokenRequestsPerMinute.toLocaleString('en-US')} requests a minute. Wait ${wait === 1 ? 'a second' : `${wait} seconds`} and try again.`;
}
