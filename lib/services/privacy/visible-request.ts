import { getDb } from '#lib/db/client.ts';
import type { Prisma, PrivacyRequest } from '#lib/db/generated/client.ts';
import { errors } from '../../core/errors.ts';
import type { PrivacyRequestKind } from '../../contracts/privacy-requests.ts';
import type { Actor } from '../actor.ts';
import { hasScope, requireRole, requireScope } from '../permissions.ts';

/** Requests that the actor may see: the account's; for a token of one service those of that service. */
export function visibleRequests(actor: Actor): Prisma.PrivacyRequestWhereInput {
  const { accountId } = actor;
  const isConfined = actor.kind === 'token' && actor.serviceId !== null;
  return isConfined ? { accountId, serviceId: actor.serviceId } : { accountId };
}

/** Administrators only. A token may look at requests when it may make them. @throws `forbidden`, `missing-scope` */
export function requirePrivacyReader(actor: Actor): void {
  if (!hasScope(actor, 'write-profiles')) requireScope(actor, 'read-profiles');
  requireRole(actor, 'administrator');
}

/** What is exported is read, what is erased is written. @throws `forbidden`, `missing-scope` */
export function requirePrivacyWriter(actor: Actor, kind: PrivacyRequestKind): void {
  requireScope(actor, kind === 'access' ? 'read-profiles' : 'write-profiles');
  requireRole(actor, 'administrator');
}

/** The request, if the actor may see it; to anybody else it does not exist. */
export async function requirePrivacyRequest(
  actor: Actor,
  requestId: number,
): Promise<PrivacyRequest> {
  requirePrivacyReader(actor);
  const request = await getDb().privacyRequest.findFirst({
    where: { ...visibleRequests(actor), id: requestId },
  });
  if (!request) throw errors.notFound('privacy request', requestId);
  return request;
}
