import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { listTableIds } from '#lib/store/list-tables.ts';
import { dropTable } from '#lib/store/physical-tables.ts';
import { AppError } from '../../core/errors.ts';

/** Drops the rows of tables that are deleted, so that nobody sees them any more; a busy one is left for later. */
export async function dropRows(tableIds: readonly number[]): Promise<void> {
  for (const tableId of tableIds) {
    try {
      await dropTable(getPool(), tableId);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
    }
  }
}

/**
 * Drops what is left of deleted tables: a process may end, or a load keep the table busy, between a
 * table's deletion and the drop of its rows. The audit trail tells them from tables about to appear.
 */
export async function dropRowsOfDeletedTables(): Promise<void> {
  const physical = await listTableIds(getPool());
  const deleted = await getDb().auditEntry.findMany({
    where: { action: 'table.deleted', objectId: { in: physical.map(String) } },
    select: { objectId: true },
  });
  await dropRows(deleted.map(({ objectId }) => Number(objectId)));
}
