import type { FastifyRequest } from 'fastify';
import type { TokenActor } from '../../services/actor.ts';
import { authenticateToken } from '../../services/tokens/authenticate-token.ts';

/** Who sends the request, by the classic API token in its `Token` header. */
export function authenticate({ headers }: FastifyRequest): Promise<TokenActor> {
  const { token } = headers;
  return authenticateToken({
    token: typeof token === 'string' ? token : undefined,
    hasAuthorization: 'authorization' in headers,
  });
}
