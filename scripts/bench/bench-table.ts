import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { tableName, type StoredColumn } from '#lib/store/names.ts';
import { ensureTable } from '#lib/store/physical-tables.ts';
import { benchAttributes } from './data.ts';

export interface BenchTable {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
}

const formats: Readonly<Record<string, string>> = {
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-ddThh:mm:ssZ',
  epoch: 'epoch',
};

/** A table of the product with the attributes of the generated customers. */
export async function createBenchTable(): Promise<BenchTable> {
  const db = getDb();
  const account = await db.account.create({ data: { name: 'Bench' } });
  const service = await db.service.create({ data: { accountId: account.id, name: 'Default' } });
  const { id: tableId } = await db.table.create({
    data: { serviceId: service.id, name: 'Customers', keyKind: 'cookie', keyName: 'id' },
  });
  const columns: StoredColumn[] = [];
  for (const { name, type } of benchAttributes) {
    const format = formats[type] ?? null;
    const datatype = format === null ? type : 'datetime';
    const { id } = await db.attribute.create({ data: { tableId, name, datatype, format } });
    columns.push({ attributeId: id, type });
  }
  await ensureTable(getPool(), tableId, columns);
  return { tableId, columns };
}

/** Removes the rows from disk, so that steps do not fill it up. */
export async function dropBenchTable({ tableId }: BenchTable): Promise<void> {
  await getPool().query(`DROP TABLE IF EXISTS ${tableName(tableId)}`);
  await getDb().table.delete({ where: { id: tableId } });
}
