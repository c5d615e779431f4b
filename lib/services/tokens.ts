import { getDb, type DbTransaction } from '#lib/db/client.ts';
import { userRole } from '../contracts/auth.ts';
import type { Actor, TokenActor } from './actor.ts';
import { recordChange } from './audit.ts';
import { hashSecret } from './secrets.ts';

/** "Last used" is for people; a minute's precision spares a write for each request. */
const lastUsedPrecision = 60_000;

/**
 * Who a classic API token speaks for; null when it is unknown, expired or revoked.
 * The token has the rights that its maker has now.
 */
export async function findTokenActor(token: string): Promise<TokenActor | null> {
  const found = await getDb().apiToken.findUnique({
    where: { hash: hashSecret(token) },
    include: { user: { select: { role: true } } },
  });
  if (!found || found.revokedAt) return null;
  if (found.expiresAt && found.expiresAt <= new Date()) return null;
  await noteUse(found);
  return {
    kind: 'token',
    accountId: found.accountId,
    userId: found.userId,
    tokenId: found.id,
    name: found.name,
    role: userRole.parse(found.user.role),
  };
}

async function noteUse(token: { readonly id: number; readonly lastUsedAt: Date | null }) {
  const now = Date.now();
  if (token.lastUsedAt && now - token.lastUsedAt.getTime() < lastUsedPrecision) return;
  // Many, not one: a token deleted meanwhile is no error.
  await getDb().apiToken.updateMany({
    where: { id: token.id },
    data: { lastUsedAt: new Date(now) },
  });
}

interface GivenToken {
  readonly token: string;
  readonly userId: string;
  readonly name: string;
}

/** Registers a token whose text somebody else chose; once registered it stays as it is. */
export async function registerToken(
  tx: DbTransaction,
  actor: Actor,
  { token, userId, name }: GivenToken,
): Promise<void> {
  const hash = hashSecret(token);
  if (await tx.apiToken.findUnique({ where: { hash } })) return;
  // Enough to recognise a long token by, next to nothing of a short one.
  const prefix = token.slice(0, Math.min(6, Math.floor(token.length / 4)));
  const created = await tx.apiToken.create({
    data: { accountId: actor.accountId, userId, name, prefix, hash },
  });
  await recordChange(tx, actor, {
    action: 'token.registered',
    objectKind: 'token',
    objectId: created.id,
    objectName: name,
    after: { name, userId },
  });
}
