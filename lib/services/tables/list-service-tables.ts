import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import type { TableResponse } from '../../contracts/tables.ts';
import type { Actor } from '../actor.ts';
import { toAttributeResponse } from '../attributes/to-attribute-response.ts';
import { getService } from '../dcp-services.ts';
import { summaryParts, toTableSummary } from './to-table-summary.ts';

/** Every table of a service with its attributes, in the order of their creation. */
export async function listServiceTables(actor: Actor, serviceId: number): Promise<TableResponse[]> {
  await getService(actor, serviceId);
  const tables = await getDb().table.findMany({
    where: { serviceId },
    include: {
      ...summaryParts,
      attributes: { where: { aliasTableId: null }, orderBy: { id: 'asc' } },
    },
    orderBy: { id: 'asc' },
  });
  const counts = await countRows(
    getPool(),
    tables.map((table) => table.id),
  );
  return tables.map((table) => ({
    ...toTableSummary(table, counts.get(table.id) ?? 0),
    attributes: table.attributes.map(toAttributeResponse),
  }));
}
