import { getDb } from '#lib/db/client.ts';
import type { Actor } from '../actor.ts';
import { decryptAccessKey, type AccessKey } from '../credentials/access-key.ts';
import { hasRole } from '../permissions.ts';

/**
 * The current key pair of each table, by table id, as the v1 API shows it. Whoever may not change
 * data gets none, because with a key pair they could.
 */
export async function readAccessKeys(
  actor: Actor,
  tableIds: readonly number[],
): Promise<ReadonlyMap<number, AccessKey>> {
  if (!hasRole(actor, 'editor')) return new Map();
  const credentials = await getDb().credential.findMany({
    where: {
      tableId: { in: [...tableIds] },
      table: { service: { accountId: actor.accountId } },
      kind: 'table',
      revokedAt: null,
      expiresAt: null,
    },
    orderBy: { id: 'asc' },
  });
  return new Map(
    credentials.map((credential) => [credential.tableId, decryptAccessKey(credential)]),
  );
}
