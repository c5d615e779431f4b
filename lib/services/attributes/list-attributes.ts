import { getDb } from '#lib/db/client.ts';
import type { AttributeResponse } from '../../contracts/attributes.ts';
import type { Actor } from '../actor.ts';
import { requireTable } from '../tables/visible-table.ts';
import { toAttributeResponse } from './to-attribute-response.ts';
import { requireAttribute } from './visible-attribute.ts';
import { requireScope } from '../permissions.ts';

/** All attributes of a table in the order of their creation, archived ones included. */
export async function listAttributes(actor: Actor, tableId: number): Promise<AttributeResponse[]> {
  requireScope(actor, 'read-configuration');
  await requireTable(getDb(), actor, tableId);
  const attributes = await getDb().attribute.findMany({
    where: { tableId, aliasTableId: null },
    orderBy: { id: 'asc' },
  });
  return attributes.map(toAttributeResponse);
}

export async function getAttribute(actor: Actor, attributeId: number): Promise<AttributeResponse> {
  requireScope(actor, 'read-configuration');
  return toAttributeResponse(await requireAttribute(getDb(), actor, attributeId));
}
