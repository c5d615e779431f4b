import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import type { TableDeletionResponse } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { dropAliasAttribute } from '../aliases/alias-attribute.ts';
import { recordChange } from '../audit.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { dropRows } from './drop-rows.ts';
import { lockTable, requireTable } from './visible-table.ts';

/** What is lost with the table, for the dialog that asks. */
export async function describeTableDeletion(
  actor: Actor,
  tableId: number,
): Promise<TableDeletionResponse> {
  await requireTable(getDb(), actor, tableId);
  return takeInventory(tableId);
}

/**
 * Deletes a table with its rows, attributes, uploads and access keys, once its name was typed.
 *
 * @throws `forbidden`, `not-found`, `conflict` (built-in), `invalid-fields`
 */
export async function deleteConfirmedTable(
  actor: Actor,
  tableId: number,
  confirmName: string,
): Promise<void> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  if (confirmName !== table.name) {
    throw errors.invalidFields({ confirmName: `Type the table's name: ${table.name}` });
  }
  await deleteTable(actor, tableId);
}

/** As `deleteConfirmedTable`, for programs, which confirm by calling. */
export async function deleteTable(actor: Actor, tableId: number): Promise<void> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  const inventory = await describeTableDeletion(actor, tableId);
  const alias = await getDb().attribute.findUnique({ where: { aliasTableId: tableId } });
  await inTransaction(async (tx) => {
    const table = await lockTable(tx, actor, tableId);
    if (table.isOptimizely) {
      throw errors.conflict('The built-in Optimizely table cannot be deleted.');
    }
    // What belongs to the table goes with it; its files are swept once nothing names them.
    await tx.table.delete({ where: { id: tableId } });
    await recordChange(tx, actor, {
      action: 'table.deleted',
      objectKind: 'table',
      objectId: tableId,
      objectName: table.name,
      before: { ...table, ...inventory },
    });
  });
  await dropRows([tableId]);
  if (alias) await dropAliasAttribute({ tableId: alias.tableId, attributeId: alias.id });
}

async function takeInventory(tableId: number): Promise<TableDeletionResponse> {
  const table = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    select: {
      name: true,
      _count: {
        select: {
          attributes: { where: { aliasTableId: null } },
          uploads: true,
          credentials: { where: { kind: 'table', revokedAt: null } },
        },
      },
    },
  });
  const stored = await getDb().storedObject.aggregate({
    where: { tableId },
    _sum: { sizeBytes: true },
  });
  const counts = await countRows(getPool(), [tableId]);
  return {
    name: table.name,
    rowCount: counts.get(tableId) ?? 0,
    attributeCount: table._count.attributes,
    uploadCount: table._count.uploads,
    storedBytes: Number(stored._sum.sizeBytes ?? 0),
    credentialCount: table._count.credentials,
  };
}
