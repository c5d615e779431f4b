import type { AttributeResponse, UpdateAttributeRequest } from '../../contracts/attributes.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { describeChanges } from '../describe-changes.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { refuseImmutable } from '../refuse-immutable.ts';
import { lockTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import { toAttributeResponse } from './to-attribute-response.ts';
import { requireAttribute } from './visible-attribute.ts';

/**
 * Changes what the request names. Archiving hides the values, restoring shows them again; the name
 * and the datatype stay for good, because stored values and files depend on them.
 *
 * @throws `forbidden`, `not-found`, `invalid-fields`
 */
export async function updateAttribute(
  actor: Actor,
  attributeId: number,
  request: UpdateAttributeRequest,
): Promise<AttributeResponse> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  const { description, isValuePublic, archived } = request;
  return inTransaction(async (tx) => {
    const { tableId } = await requireAttribute(tx, actor, attributeId);
    await lockTable(tx, actor, tableId);
    const attribute = await requireAttribute(tx, actor, attributeId);
    const { name, datatype, format } = attribute;
    refuseImmutable({ name, datatype, format }, request, 'Archive it and create a new one.');
    const isArchived = attribute.archivedAt !== null;
    const archivedAt =
      archived === undefined || archived === isArchived ? undefined : archived ? new Date() : null;
    const changes = describeChanges({ ...attribute }, { description, isValuePublic, archivedAt });
    if (!changes) return toAttributeResponse(attribute);
    const updated = await tx.attribute.update({
      where: { id: attributeId },
      data: changes.after,
    });
    await tx.table.update({ where: { id: tableId }, data: { updatedAt: new Date() } });
    await recordChange(tx, actor, {
      action: actionOf(archivedAt),
      objectKind: 'attribute',
      objectId: attributeId,
      objectName: attribute.name,
      ...changes,
    });
    return toAttributeResponse(updated);
  });
}

function actionOf(archivedAt: Date | null | undefined): string {
  if (archivedAt === undefined) return 'attribute.updated';
  return archivedAt === null ? 'attribute.restored' : 'attribute.archived';
}
