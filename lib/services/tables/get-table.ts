import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import type { TableResponse } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { toAttributeResponse } from '../attributes/to-attribute-response.ts';
import { summaryParts, toTableSummary } from './to-table-summary.ts';
import { visibleServices } from '../visible-services.ts';
import { requireScope } from '../permissions.ts';

/** A table with all its attributes, archived ones last. */
export async function getTable(actor: Actor, tableId: number): Promise<TableResponse> {
  requireScope(actor, 'read-configuration');
  const table = await getDb().table.findFirst({
    where: { id: tableId, service: visibleServices(actor) },
    include: {
      ...summaryParts,
      attributes: {
        where: { aliasTableId: null },
        orderBy: [{ archivedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
      },
    },
  });
  if (!table) throw errors.notFound('table', tableId);
  const counts = await countRows(getPool(), [tableId]);
  return {
    ...toTableSummary(table, counts.get(tableId) ?? 0),
    attributes: table.attributes.map(toAttributeResponse),
  };
}
