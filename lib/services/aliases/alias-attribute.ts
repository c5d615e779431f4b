import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import { dropAliasColumn, ensureAliasColumn, type AliasColumn } from '#lib/store/alias-columns.ts';
import { aliasColumnName } from '../../core/datatypes/attribute-name.ts';
import { AppError } from '../../core/errors.ts';

/**
 * Gives a table its column in the built-in table, where each Optimizely user has the ID of the customer
 * that they are there. Does nothing when it has one.
 */
async function ensureAliasAttribute(tableId: number): Promise<void> {
  const table = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    include: { aliasAttribute: true },
  });
  if (table.aliasAttribute) return;
  const hub = await getDb().table.findFirst({
    where: { serviceId: table.serviceId, isOptimizely: true },
  });
  if (!hub || hub.id === tableId) return;
  const [id] = await reserveIds('Attribute', 1);
  if (id === undefined) throw new Error('The database gave no id.');
  await ensureAliasColumn(getPool(), { tableId: hub.id, attributeId: id });
  const name = aliasColumnName(tableId);
  await getDb().attribute.upsert({
    where: { aliasTableId: tableId },
    create: { id, tableId: hub.id, name, datatype: 'string', aliasTableId: tableId },
    update: {},
  });
}

/** As `ensureAliasAttribute`; while the built-in table is too busy, it is left for the next start. */
export async function tryAliasAttribute(tableId: number): Promise<void> {
  try {
    await ensureAliasAttribute(tableId);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
  }
}

/** For tables that were made before there were aliases, or while the built-in table was busy. */
export async function ensureAliasAttributes(): Promise<void> {
  const tables = await getDb().table.findMany({
    where: { isOptimizely: false, aliasAttribute: null },
    select: { id: true },
  });
  for (const { id } of tables) await tryAliasAttribute(id);
}

/** Removes the column of a table that was deleted; one that cannot be removed now harms nobody. */
export async function dropAliasAttribute(column: AliasColumn): Promise<void> {
  try {
    await dropAliasColumn(getPool(), column);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
  }
}
