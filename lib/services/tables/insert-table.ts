import type { DbTransaction } from '#lib/db/client.ts';
import type { Table } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import type { CreateTableRequest } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { createTableCredential } from '../credentials.ts';

interface NewTable extends CreateTableRequest {
  /** Reserved, with the physical table made. */
  readonly id: number;
  readonly serviceId: number;
  readonly isOptimizely: boolean;
}

/** The built-in table of every service: its customer IDs are Optimizely user IDs. */
export const optimizelyTable = {
  name: 'Optimizely',
  description: null,
  keyKind: 'uid',
  keyName: null,
  emptyCells: 'keep',
  keepFilesDays: null,
  isOptimizely: true,
} as const satisfies Omit<NewTable, 'id' | 'serviceId'>;

/** Makes a table visible, with its first S3 credential. */
export async function insertTable(
  tx: DbTransaction,
  actor: Actor,
  table: NewTable,
): Promise<Table> {
  await requireFreeName(tx, table);
  const created = await tx.table.create({ data: table });
  await createTableCredential(tx, created.id);
  await recordChange(tx, actor, {
    action: 'table.created',
    objectKind: 'table',
    objectId: created.id,
    objectName: created.name,
    after: { ...table },
  });
  return created;
}

/** @throws `conflict`; holds other tables of the service back, so that a free name stays free. */
export async function requireFreeName(
  tx: DbTransaction,
  table: { readonly id: number; readonly serviceId: number; readonly name: string },
): Promise<void> {
  const { id, serviceId, name } = table;
  await lockRow(tx, 'Service', serviceId);
  const taken = await tx.table.findFirst({ where: { serviceId, name, NOT: { id } } });
  if (!taken) return;
  const message = taken.archived
    ? 'An archived table has this name.'
    : 'There is already a table with this name.';
  throw errors.conflict(message, { name: message });
}
