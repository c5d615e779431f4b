import type { FastifyRequest } from 'fastify';
import { errors } from '../../core/errors.ts';
import type { TokenActor } from '../../services/actor.ts';
import { findTokenActor } from '../../services/tokens.ts';

/** Who sends the request, by the classic API token in its `Token` header. */
export async function authenticate(request: FastifyRequest): Promise<TokenActor> {
  const { token } = request.headers;
  if (typeof token !== 'string' || token.trim() === '') {
    throw errors.unauthenticated(
      'authorization' in request.headers
        ? 'Authentication Failed. Bearer and Basic credentials are not accepted here; send a classic API token in the header "Token".'
        : 'Authentication Failed. Send a classic API token in the header "Token".',
    );
  }
  const actor = await findTokenActor(token.trim());
  if (!actor) {
    throw errors.unauthenticated(
      'Authentication Failed. The token is unknown, expired or revoked.',
    );
  }
  return actor;
}
