import type { FastifyRequest } from 'fastify';
import type { TokenActor } from '../../services/actor.ts';
import type { Facts } from '../../services/facts/facts.ts';
import { withFacts } from '../../services/facts/with-facts.ts';
import { authenticateToken, countRequest } from '../../services/tokens/authenticate-token.ts';

/** Who sends the request, by the classic API token in its `Token` header. */
export async function authenticate(request: FastifyRequest): Promise<TokenActor> {
  const actor = await authenticateToken(credentialsOf(request));
  countRequest(actor);
  return actor;
}

/** As `authenticate`, for work that checks the facts that it is given in its own statement. */
export function withActor<Result>(
  request: FastifyRequest,
  work: (actor: TokenActor, facts: Facts) => Promise<Result>,
): Promise<Result> {
  const credentials = credentialsOf(request);
  let isCounted = false;
  return withFacts(async (facts) => {
    const actor = await authenticateToken(credentials, facts);
    if (!isCounted) countRequest(actor);
    isCounted = true;
    return work(actor, facts);
  });
}

function credentialsOf({ headers }: FastifyRequest) {
  const { token } = headers;
  return {
    token: typeof token === 'string' ? token : undefined,
    hasAuthorization: 'authorization' in headers,
  };
}
