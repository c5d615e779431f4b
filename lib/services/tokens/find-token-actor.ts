import { z } from 'zod';
import { getDb } from '#lib/db/client.ts';
import { userRole } from '../../contracts/auth.ts';
import { tokenScope } from '../../contracts/tokens.ts';
import type { TokenActor } from '../actor.ts';
import { hashSecret } from '../secrets.ts';

/** "Last used" is for people; a minute's precision spares a write for each request. */
const lastUsedPrecision = 60_000;

const scopes = z.array(tokenScope);

/**
 * Who a classic API token speaks for; null when it is unknown, expired or revoked.
 * The token has the rights that its maker has now, as far as its scopes go.
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
    scopes: scopes.parse(found.scopes),
    serviceId: found.serviceId,
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
