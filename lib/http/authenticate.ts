import { errors } from '../core/errors.ts';
import type { TokenActor, UserActor } from '../services/actor.ts';
import { getSessionActor } from '../services/auth/session.ts';
import { findTokenActor } from '../services/tokens.ts';

export async function requireSession(headers: Headers): Promise<UserActor> {
  const actor = await getSessionActor(headers);
  if (!actor) throw errors.unauthenticated();
  return actor;
}

/** Classic tokens travel in `Token:` alone; the sentences say so to those who come with another kind. */
export async function requireToken(headers: Headers): Promise<TokenActor> {
  const token = headers.get('token')?.trim();
  if (!token) {
    const reason = headers.has('authorization')
      ? 'This API takes classic API tokens in the header "Token"; personal access tokens and OAuth ("Authorization: Bearer") are not accepted.'
      : 'Send a classic API token in the header "Token".';
    throw errors.unauthenticated(`Authentication Failed. ${reason}`);
  }
  const actor = await findTokenActor(token);
  if (!actor) {
    throw errors.unauthenticated(
      'Authentication Failed. The token is unknown, expired or revoked.',
    );
  }
  return actor;
}
