import { errors } from '../core/errors.ts';
import type { TokenActor, UserActor } from '../services/actor.ts';
import { getSessionActor } from '../services/auth/session.ts';
import { authenticateToken, countRequest } from '../services/tokens/authenticate-token.ts';

export async function requireSession(headers: Headers): Promise<UserActor> {
  const actor = await getSessionActor(headers);
  if (!actor) throw errors.unauthenticated();
  return actor;
}

export async function requireToken(headers: Headers): Promise<TokenActor> {
  const actor = await authenticateToken({
    token: headers.get('token') ?? undefined,
    hasAuthorization: headers.has('authorization'),
  });
  countRequest(actor);
  return actor;
}
