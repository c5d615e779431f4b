import { roleConfig } from '#lib/config/role-config.ts';
import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Service } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { AppError, errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { recordChange } from './audit.ts';
import { describeChanges } from './describe-changes.ts';
import { requireRole, requireScope } from './permissions.ts';
import { dropRows } from './tables/drop-rows.ts';
import { insertTable, optimizelyTable } from './tables/insert-table.ts';
import { withPhysicalTable } from './tables/with-physical-table.ts';
import { inTransaction } from './transaction.ts';
import { visibleServices } from './visible-services.ts';

export async function listServices(actor: Actor): Promise<Service[]> {
  requireScope(actor, 'read-configuration');
  return getDb().service.findMany({
    where: visibleServices(actor),
    orderBy: { id: 'asc' },
  });
}

export async function getService(actor: Actor, serviceId: number): Promise<Service> {
  requireScope(actor, 'read-configuration');
  return requireService(getDb(), actor, serviceId);
}

/** @throws `forbidden`, `service-limit` (403) */
export async function createService(actor: Actor, name: string): Promise<Service> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'administrator');
  if (actor.kind === 'token' && actor.serviceId !== null) {
    throw errors.forbidden('This token is for one service only.');
  }
  return withPhysicalTable((tableId) =>
    inTransaction(async (tx) => {
      await requireRoomForService(tx, actor);
      return insertService(tx, actor, { name, tableId });
    }),
  );
}

export async function renameService(
  actor: Actor,
  serviceId: number,
  name: string | undefined,
): Promise<Service> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'administrator');
  return inTransaction(async (tx) => {
    await lockRow(tx, 'Service', serviceId);
    const service = await requireService(tx, actor, serviceId);
    const changes = describeChanges({ ...service }, { name });
    if (!changes) return service;
    const renamed = await tx.service.update({ where: { id: serviceId }, data: changes.after });
    await recordChange(tx, actor, {
      action: 'service.updated',
      objectKind: 'service',
      objectId: serviceId,
      objectName: renamed.name,
      ...changes,
    });
    return renamed;
  });
}

/**
 * Deletes a service and its built-in table. Tables of customers' data are deleted one by one, by name:
 * a single call must not lose them all.
 *
 * @throws `forbidden`, `not-found`, `conflict`
 */
export async function deleteService(actor: Actor, serviceId: number): Promise<void> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'administrator');
  const dropped = await inTransaction(async (tx) => {
    await lockRow(tx, 'Service', serviceId);
    const service = await requireService(tx, actor, serviceId);
    const tables = await tx.table.findMany({ where: { serviceId } });
    const own = tables.filter((table) => !table.isOptimizely);
    if (own.length > 0) {
      throw errors.conflict(
        `The service still has ${own.length === 1 ? '1 table' : `${own.length} tables`}. Delete ${own.length === 1 ? 'it' : 'them'} first.`,
      );
    }
    await tx.service.delete({ where: { id: serviceId } });
    for (const table of tables) {
      await recordChange(tx, actor, {
        action: 'table.deleted',
        objectKind: 'table',
        objectId: table.id,
        objectName: table.name,
        before: { ...table },
      });
    }
    await recordChange(tx, actor, {
      action: 'service.deleted',
      objectKind: 'service',
      objectId: serviceId,
      objectName: service.name,
      before: { ...service },
    });
    return tables.map((table) => table.id);
  });
  await dropRows(dropped);
}

/** Makes a service with its built-in table, whose physical table is there already. */
export async function insertService(
  tx: DbTransaction,
  actor: Actor,
  { name, tableId }: { readonly name: string; readonly tableId: number },
): Promise<Service> {
  const service = await tx.service.create({ data: { accountId: actor.accountId, name } });
  await recordChange(tx, actor, {
    action: 'service.created',
    objectKind: 'service',
    objectId: service.id,
    objectName: name,
    after: { name },
  });
  await insertTable(tx, actor, { ...optimizelyTable, id: tableId, serviceId: service.id });
  return service;
}

async function requireRoomForService(tx: DbTransaction, actor: Actor): Promise<void> {
  await lockRow(tx, 'Account', actor.accountId);
  const limit = roleConfig().servicesPerAccount;
  const count = await tx.service.count({ where: { accountId: actor.accountId } });
  if (count < limit) return;
  throw new AppError({
    code: 'service-limit',
    message:
      limit === 1
        ? 'An account has one DCP service, and this one has it already.'
        : `An account has at most ${limit} DCP services.`,
    status: 403,
  });
}

async function requireService(
  db: DbTransaction,
  actor: Actor,
  serviceId: number,
): Promise<Service> {
  const service = await db.service.findFirst({
    where: { AND: [visibleServices(actor), { id: serviceId }] },
  });
  if (!service) throw errors.notFound('service', serviceId);
  return service;
}
