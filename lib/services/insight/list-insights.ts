import { getDb } from '#lib/db/client.ts';
import type { TableInsights } from '../../contracts/attributes.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';

/** Fill rates of a table's attributes as they were read last; one that nobody has looked at yet is left out. */
export async function listInsights(actor: Actor, tableId: number): Promise<TableInsights> {
  requireScope(actor, 'read-configuration');
  await requireTable(getDb(), actor, tableId);
  const attributes = await getDb().attributeInsight.findMany({
    where: { attribute: { tableId, aliasTableId: null } },
    select: { attributeId: true, fillRate: true },
    orderBy: { attributeId: 'asc' },
  });
  return { attributes };
}
