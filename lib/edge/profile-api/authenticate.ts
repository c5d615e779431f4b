import type { FastifyRequest } from 'fastify';
import type { TokenActor } from '../../services/actor.ts';
import type { Facts } from '../../services/facts/facts.ts';
import { withFacts } from '../../services/facts/with-facts.ts';
import { authenticateToken, countRequest } from '../../services/tokens/authenticate-token.ts';

/** Who was let in before the body was read, and what was known then. */
interface Admission {
  readonly actor: TokenActor;
  readonly facts: Facts;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for a request that can have no body: its handler asks for the token. */
    admission: Admission | null;
  }
}

/** Asks for the token before the body is read: reading one costs memory and time that a stranger shall not have. */
export async function admit(request: FastifyRequest): Promise<void> {
  const credentials = credentialsOf(request);
  const admission = await withFacts(async (facts) => ({
    actor: await authenticateToken(credentials, facts),
    facts,
  }));
  countRequest(admission.actor);
  request.admission = admission;
}

/** Who sends the request, by the classic API token in its `Token` header. */
export async function authenticate(request: FastifyRequest): Promise<TokenActor> {
  const actor = await authenticateToken(credentialsOf(request));
  if (!request.admission) countRequest(actor);
  return actor;
}

/** As `authenticate`, for work that checks the facts that it is given in its own statement. */
export function withActor<Result>(
  request: FastifyRequest,
  work: (actor: TokenActor, facts: Facts) => Promise<Result>,
): Promise<Result> {
  const { admission } = request;
  let isCounted = admission !== null;
  return withFacts(async (facts) => {
    if (admission?.facts === facts) return work(admission.actor, facts);
    const actor = await authenticateToken(credentialsOf(request), facts);
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
