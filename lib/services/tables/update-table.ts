import type { DbTransaction } from '#lib/db/client.ts';
import type { Table } from '#lib/db/generated/client.ts';
import type { TableResponse, UpdateTableRequest } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { describeChanges } from '../describe-changes.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { inTransaction } from '../transaction.ts';
import { getTable } from './get-table.ts';
import { requireFreeName } from './insert-table.ts';
import { mergeKeyField } from './key-field.ts';
import { lockTable } from './visible-table.ts';

/**
 * Changes what the request names, archiving and restoring included.
 *
 * @throws `forbidden`, `not-found`, `conflict`, `invalid-fields`
 */
export async function updateTable(
  actor: Actor,
  tableId: number,
  request: UpdateTableRequest,
): Promise<TableResponse> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  await inTransaction(async (tx) => {
    const table = await lockTable(tx, actor, tableId);
    await applyChanges(tx, { actor, table, request });
  });
  return getTable(actor, tableId);
}

interface TableChange {
  readonly actor: Actor;
  readonly table: Table;
  readonly request: UpdateTableRequest;
}

async function applyChanges(
  tx: DbTransaction,
  { actor, table, request }: TableChange,
): Promise<void> {
  const { name, description, emptyCells, keepFilesDays, archived } = request;
  const own = { name, description, emptyCells, keepFilesDays, archived };
  const wanted = { ...own, ...mergeKeyField(table, request) };
  const changes = describeChanges({ ...table }, wanted);
  if (!changes) return;
  if (table.isOptimizely) keepBuiltIn(changes.after);
  if (name !== undefined) await requireFreeName(tx, { ...table, name });
  await tx.table.update({ where: { id: table.id }, data: changes.after });
  await recordChange(tx, actor, {
    action: actionOf(changes.after),
    objectKind: 'table',
    objectId: table.id,
    objectName: name ?? table.name,
    ...changes,
  });
}

/** The built-in table is the hub that aliases meet in: it stays, and stays keyed by the user ID. */
function keepBuiltIn(after: Readonly<Record<string, unknown>>): void {
  if ('archived' in after) {
    throw errors.conflict('The built-in Optimizely table cannot be archived.');
  }
  if ('keyKind' in after || 'keyName' in after) {
    throw errors.invalidFields({
      keyKind: 'The built-in Optimizely table is keyed by the Optimizely user ID.',
    });
  }
}

function actionOf(after: Readonly<Record<string, unknown>>): string {
  if (after['archived'] === true) return 'table.archived';
  if (after['archived'] === false) return 'table.restored';
  return 'table.updated';
}
