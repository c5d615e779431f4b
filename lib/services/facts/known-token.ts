import { z } from 'zod';
import type { DbTransaction } from '#lib/db/client.ts';
import { userRole } from '../../contracts/auth.ts';
import { tokenScope } from '../../contracts/tokens.ts';
import type { TokenActor } from '../actor.ts';

export interface KnownToken {
  readonly actor: TokenActor;
  /** Milliseconds since 1970; null for never. */
  readonly expiresAt: number | null;
}

const scopes = z.array(tokenScope);

/** Whom a token speaks for, with the rights that its maker has; null when it is unknown or revoked. */
export async function findKnownToken(db: DbTransaction, hash: string): Promise<KnownToken | null> {
  const found = await db.apiToken.findUnique({
    where: { hash, revokedAt: null },
    include: { user: { select: { role: true } } },
  });
  return (
    found && {
      actor: {
        kind: 'token',
        accountId: found.accountId,
        userId: found.userId,
        tokenId: found.id,
        name: found.name,
        role: userRole.parse(found.user.role),
        scopes: scopes.parse(found.scopes),
        serviceId: found.serviceId,
      },
      expiresAt: found.expiresAt?.getTime() ?? null,
    }
  );
}
