import type { DbTransaction } from '#lib/db/client.ts';
import type { Table } from '#lib/db/generated/client.ts';
import { uploadsChannel } from '#lib/store/worker-session.ts';

/** The next place in the order of the table's uploads. The caller holds the lock on the table's row. */
export async function takeSequence(tx: DbTransaction, table: Table): Promise<number> {
  await tx.table.update({
    where: { id: table.id },
    // An upload is no change of the table's definition, which is what `updatedAt` tells.
    data: { nextUploadSequence: table.nextUploadSequence + 1, updatedAt: table.updatedAt },
    select: { id: true },
  });
  return table.nextUploadSequence;
}

/** Wakes the workers, once the transaction commits, because a table's queue changed. */
export async function notifyWorkers(tx: DbTransaction, tableId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${uploadsChannel}, ${String(tableId)})`;
}
