import type { DbTransaction } from '#lib/db/client.ts';
import type { Table } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { visibleServices } from '../visible-services.ts';

/** The table, if the actor may see it; to anybody else it does not exist. */
export async function requireTable(
  db: DbTransaction,
  actor: Actor,
  tableId: number,
): Promise<Table> {
  const table = await db.table.findFirst({
    where: { id: tableId, service: visibleServices(actor) },
  });
  if (!table) throw errors.notFound('table', tableId);
  return table;
}

/** As `requireTable`, and holds other changes of this table back until the transaction ends. */
export async function lockTable(tx: DbTransaction, actor: Actor, tableId: number): Promise<Table> {
  await requireTable(tx, actor, tableId);
  await lockRow(tx, 'Table', tableId);
  return requireTable(tx, actor, tableId);
}
