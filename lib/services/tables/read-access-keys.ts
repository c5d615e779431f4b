import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import type { Actor } from '../actor.ts';
import { decryptAccessKey, type AccessKey } from '../credentials/access-key.ts';
import { hasRole, hasScope } from '../permissions.ts';
import { visibleServices } from '../visible-services.ts';

/**
 * The current key pair of each table, by table id, as the v1 API shows it. Whoever may not change
 * data gets none, because with a key pair they could; nor does a token without the right to secrets.
 */
export async function readAccessKeys(
  actor: Actor,
  tableIds: readonly number[],
): Promise<ReadonlyMap<number, AccessKey>> {
  const mayShow = roleConfig().secretsInAnswers;
  if (!mayShow || !hasRole(actor, 'editor') || !hasScope(actor, 'read-secrets')) return new Map();
  const credentials = await getDb().credential.findMany({
    where: {
      tableId: { in: [...tableIds] },
      table: { service: visibleServices(actor) },
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
