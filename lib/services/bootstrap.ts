import type { RoleConfig } from '#lib/config/role-config.ts';
import type { DbTransaction } from '#lib/db/client.ts';
import { lockBootstrap } from '#lib/db/locks.ts';
import { systemActor, type SystemActor } from './actor.ts';
import { ensureAliasAttributes } from './aliases/alias-attribute.ts';
import { registerAdminToken } from './bootstrap/admin-token.ts';
import { ensureAdministrator } from './bootstrap/administrator.ts';
import { checkMasterKey } from './bootstrap/master-key.ts';
import { insertService } from './dcp-services.ts';
import { insertProject } from './projects.ts';
import { dropRowsOfDeletedTables } from './tables/drop-rows.ts';
import { withPhysicalTable } from './tables/with-physical-table.ts';
import { inTransaction } from './transaction.ts';

interface BootstrapResult {
  /** Goes into the one-time link that creates the first administrator; null once there is a user. */
  readonly setupSecret: string | null;
}

/**
 * Brings the installation to where people and programs can use it. The launcher calls it at every
 * start, after the migrations and `prepareStore`; several nodes may call it at once.
 *
 * @throws {Error} with one sentence for the operator: a wrong MASTER_KEY, or ADMIN_* that do not go together.
 */
export async function bootstrap({
  config,
}: {
  readonly config: RoleConfig;
}): Promise<BootstrapResult> {
  const result = await inTransaction(async (tx) => {
    await lockBootstrap(tx);
    await checkMasterKey(tx, config.masterKey);
    const actor = systemActor(await ensureAccount(tx));
    const setupSecret = await ensureAdministrator(tx, actor, config);
    if (config.adminToken) await registerAdminToken(tx, actor, config.adminToken);
    // Last, because a physical table is not undone with the transaction.
    await ensureService(tx, actor);
    return { setupSecret };
  });
  await dropRowsOfDeletedTables();
  await ensureAliasAttributes();
  return result;
}

async function ensureAccount(tx: DbTransaction): Promise<number> {
  const found = await tx.account.findFirst({ orderBy: { id: 'asc' } });
  if (found) return found.id;
  const created = await tx.account.create({ data: { name: 'OpenDCP' } });
  return created.id;
}

/** The default service, and the default project that uses it. */
async function ensureService(tx: DbTransaction, actor: SystemActor): Promise<void> {
  const { accountId } = actor;
  if ((await tx.service.count({ where: { accountId } })) > 0) return;
  await withPhysicalTable(async (tableId) => {
    const service = await insertService(tx, actor, { name: 'Default service', tableId });
    if ((await tx.project.count({ where: { accountId } })) > 0) return;
    await insertProject(tx, actor, { name: 'Default project', serviceId: service.id });
  });
}
