import type { DbTransaction } from '#lib/db/client.ts';
import type { ApiToken } from '#lib/db/generated/client.ts';
import { tokenScopes, type TokenScope } from '../../contracts/tokens.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { hashSecret } from '../secrets.ts';

interface GivenToken {
  /** Reserved; left out for a token whose number is not its id. */
  readonly id?: number;
  readonly token: string;
  readonly userId: string;
  readonly name: string;
  /** Every one unless told. */
  readonly scopes?: readonly TokenScope[];
  readonly serviceId?: number | null;
  readonly expiresAt?: Date | null;
}

/** Stores the hash of a token; one that is registered already stays as it is. */
export async function registerToken(
  tx: DbTransaction,
  actor: Actor,
  { token, scopes = tokenScopes, ...given }: GivenToken,
): Promise<ApiToken> {
  const hash = hashSecret(token);
  const existing = await tx.apiToken.findUnique({ where: { hash } });
  if (existing) return existing;
  // Enough to recognise a long token by, next to nothing of a short one.
  const prefix = token.slice(0, Math.min(6, Math.floor(token.length / 4)));
  const created = await tx.apiToken.create({
    data: { ...given, accountId: actor.accountId, scopes: [...scopes], prefix, hash },
  });
  await recordChange(tx, actor, {
    action: 'token.created',
    objectKind: 'token',
    objectId: created.id,
    objectName: created.name,
    after: {
      name: created.name,
      userId: created.userId,
      scopes,
      serviceId: created.serviceId,
      expiresAt: created.expiresAt,
    },
  });
  return created;
}
