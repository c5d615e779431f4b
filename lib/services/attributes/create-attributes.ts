import { getDb, type DbTransaction } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import { ensureTable } from '#lib/store/physical-tables.ts';
import type { AttributeResponse, CreateAttributeRequest } from '../../contracts/attributes.ts';
import { valueTypeOf } from '../../core/datatypes/types.ts';
import { AppError, errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChanges } from '../audit.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { lockTable, requireTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import { checkNewAttributes } from './check-new-attributes.ts';
import { toAttributeResponse } from './to-attribute-response.ts';

/** A row of PostgreSQL has to fit a page of 8 KiB, where a long text takes 18 bytes; archived ones count. */
export const MAX_ATTRIBUTES_PER_TABLE = 400;

/** As `createAttributes` for one; faults are named by the bare field. */
export async function createAttribute(
  actor: Actor,
  tableId: number,
  request: CreateAttributeRequest,
): Promise<AttributeResponse> {
  try {
    const [created] = await createAttributes(actor, tableId, [request]);
    if (!created) throw new Error('The attribute was not created.');
    return created;
  } catch (error) {
    throw error instanceof AppError && error.fields ? withBareFields(error.fields) : error;
  }
}

/**
 * Registers attributes, all or none.
 *
 * @throws `forbidden`, `not-found`, `invalid-fields` with paths like `attributes.3.name`
 */
export async function createAttributes(
  actor: Actor,
  tableId: number,
  requests: readonly CreateAttributeRequest[],
): Promise<AttributeResponse[]> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  await requireTable(getDb(), actor, tableId);
  await checkAgainstStored(getDb(), tableId, requests);

  // Columns first, so that no visible attribute is ever without one; a spare column harms nobody.
  const ids = await reserveIds('Attribute', requests.length);
  const attributes = ids.flatMap((id, index) => {
    const request = requests[index];
    return request ? [{ id, tableId, ...request }] : [];
  });
  await ensureTable(
    getPool(),
    tableId,
    attributes.map(({ id, datatype, format }) => ({
      attributeId: id,
      type: valueTypeOf(datatype, format),
    })),
  );

  return inTransaction(async (tx) => {
    await lockTable(tx, actor, tableId);
    await checkAgainstStored(tx, tableId, requests);
    const created = await tx.attribute.createManyAndReturn({ data: attributes });
    await tx.table.update({ where: { id: tableId }, data: { updatedAt: new Date() } });
    await recordChanges(
      tx,
      actor,
      created.map((attribute) => ({
        action: 'attribute.created',
        objectKind: 'attribute',
        objectId: attribute.id,
        objectName: attribute.name,
        after: attribute,
      })),
    );
    return created.map(toAttributeResponse);
  });
}

async function checkAgainstStored(
  db: DbTransaction,
  tableId: number,
  requests: readonly CreateAttributeRequest[],
): Promise<void> {
  const known = await db.attribute.findMany({
    where: { tableId },
    select: { name: true, archivedAt: true },
  });
  checkNewAttributes(requests, known);
  if (known.length + requests.length <= MAX_ATTRIBUTES_PER_TABLE) return;
  throw errors.invalid(
    `A table holds at most ${MAX_ATTRIBUTES_PER_TABLE} attributes; this one has ${known.length}, archived ones included.`,
  );
}

function withBareFields(fields: Readonly<Record<string, string>>): AppError {
  return errors.invalidFields(
    Object.fromEntries(
      Object.entries(fields).map(([path, message]) => [
        path.replace(/^attributes\.0\./, ''),
        message,
      ]),
    ),
  );
}
