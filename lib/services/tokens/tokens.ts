import { randomInt } from 'node:crypto';
import { getDb } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import {
  tokenResponse,
  type CreateTokenRequest,
  type CreateTokenResponse,
  type TokenResponse,
} from '../../contracts/tokens.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { getService } from '../dcp-services.ts';
import { hasRole } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { registerToken } from './register-token.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** 165 bits. */
const secretLength = 32;
const day = 86_400_000;

const shown = {
  service: { select: { id: true, name: true } },
  user: { select: { id: true, name: true } },
} as const satisfies Prisma.ApiTokenInclude;

/** Tokens that are not revoked: one's own, and everybody's for administrators. */
export async function listTokens(actor: UserActor): Promise<TokenResponse[]> {
  const tokens = await getDb().apiToken.findMany({
    where: { ...visible(actor), revokedAt: null },
    include: shown,
    orderBy: { id: 'desc' },
  });
  return tokens.map(toTokenResponse);
}

/**
 * Makes a token in Optimizely's classic form: secret, colon, number. It is answered once and stored hashed.
 *
 * @throws `not-found` (the service), `invalid-fields`
 */
export async function createToken(
  actor: UserActor,
  { name, scopes, serviceId, expiresInDays }: CreateTokenRequest,
): Promise<CreateTokenResponse> {
  requireUsableScopes(actor, scopes);
  if (serviceId !== null) await getService(actor, serviceId);
  const [id] = await reserveIds('ApiToken', 1);
  if (id === undefined) throw new Error('The database gave no id.');
  const token = `${createTokenSecret()}:${id}`;
  return inTransaction(async (tx) => {
    await registerToken(tx, actor, {
      id,
      token,
      userId: actor.userId,
      name,
      scopes,
      serviceId,
      expiresAt: expiresInDays === null ? null : new Date(Date.now() + expiresInDays * day),
    });
    const created = await tx.apiToken.findUniqueOrThrow({ where: { id }, include: shown });
    return { ...toTokenResponse(created), token };
  });
}

/** The next request with the token fails. @throws `not-found`, also for what is revoked already */
export async function revokeToken(actor: UserActor, tokenId: number): Promise<void> {
  await inTransaction(async (tx) => {
    const [revoked] = await tx.apiToken.updateManyAndReturn({
      where: { id: tokenId, ...visible(actor), revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (!revoked) throw errors.notFound('token', tokenId);
    await recordChange(tx, actor, {
      action: 'token.revoked',
      objectKind: 'token',
      objectId: tokenId,
      objectName: revoked.name,
      before: { name: revoked.name, userId: revoked.userId, scopes: revoked.scopes },
    });
  });
}

/** A right that the maker's own role refuses would only look like one. */
function requireUsableScopes(actor: UserActor, scopes: CreateTokenRequest['scopes']): void {
  if (hasRole(actor, 'editor')) return;
  const useless = scopes.filter(
    (scope) => !['read-configuration', 'read-profiles'].includes(scope),
  );
  if (useless.length === 0) return;
  throw errors.invalidFields({
    scopes: 'A token has the rights of the person who makes it, and viewers only read.',
  });
}

function visible(actor: UserActor): Prisma.ApiTokenWhereInput {
  const { accountId, userId } = actor;
  return hasRole(actor, 'administrator') ? { accountId } : { accountId, userId };
}

function createTokenSecret(): string {
  return Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}

function toTokenResponse(token: Prisma.ApiTokenGetPayload<{ include: typeof shown }>) {
  return tokenResponse.parse({
    ...token,
    owner: token.user,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  });
}
