import { getPool } from '#lib/db/pool.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import { createTable, dropTable } from '#lib/store/physical-tables.ts';

/**
 * Makes a physical table first and then what refers to it, so that no visible table is ever without one.
 * When `work` fails the physical table goes again; should that fail too, an empty table that
 * nothing names stays behind and harms nobody.
 */
export async function withPhysicalTable<Result>(
  work: (tableId: number) => Promise<Result>,
): Promise<Result> {
  const [tableId] = await reserveIds('Table', 1);
  if (tableId === undefined) throw new Error('The database gave no id.');
  await createTable(getPool(), tableId);
  try {
    return await work(tableId);
  } catch (error) {
    await dropTable(getPool(), tableId).catch(() => undefined);
    throw error;
  }
}
