import { getDb } from '#lib/db/client.ts';
import type { CreateTableRequest, TableResponse } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { tryAliasAttribute } from '../aliases/alias-attribute.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { getTable } from './get-table.ts';
import { insertTable } from './insert-table.ts';
import { visibleServices } from '../visible-services.ts';
import { withPhysicalTable } from './with-physical-table.ts';

/**
 * Creates a table in a service, the account's first one unless told.
 *
 * @throws `forbidden`, `not-found`, `conflict` on `name`
 */
export async function createTable(
  actor: Actor,
  request: CreateTableRequest & { readonly serviceId?: number },
): Promise<TableResponse> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  const serviceId = await findServiceId(actor, request.serviceId);
  const id = await withPhysicalTable(async (tableId) => {
    const table = { ...request, id: tableId, serviceId, isOptimizely: false };
    await inTransaction((tx) => insertTable(tx, actor, table));
    return tableId;
  });
  await tryAliasAttribute(id);
  return getTable(actor, id);
}

async function findServiceId(actor: Actor, serviceId: number | undefined): Promise<number> {
  const service = await getDb().service.findFirst({
    where: {
      AND: [visibleServices(actor), ...(serviceId === undefined ? [] : [{ id: serviceId }])],
    },
    orderBy: { id: 'asc' },
  });
  if (service) return service.id;
  if (serviceId !== undefined) throw errors.notFound('service', serviceId);
  throw errors.conflict('This account has no service. Create one first.');
}
