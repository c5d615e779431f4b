import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import type { StoredColumn } from '../names.ts';
import { ensureTable } from '../physical-tables.ts';
import { readProfile } from '../read-profile.ts';

/** A table with one attribute of every datatype, named after it. */
export interface TestTable {
  readonly tableId: number;
  readonly columns: readonly StoredColumn[];
}

export async function createTestTable(
  options: { readonly emptyCells?: 'keep' | 'clear' } = {},
): Promise<TestTable> {
  const db = getDb();
  const account = await db.account.create({ data: { name: 'Test' } });
  const service = await db.service.create({ data: { accountId: account.id, name: 'Default' } });
  const table = await db.table.create({
    data: { serviceId: service.id, name: 'CRM', keyKind: 'cookie', keyName: 'id', ...options },
  });
  const columns: StoredColumn[] = [];
  for (const type of valueTypes) {
    const { id } = await db.attribute.create({
      data: { tableId: table.id, name: type, ...datatypeOf(type) },
    });
    columns.push({ attributeId: id, type });
  }
  await ensureTable(getPool(), table.id, columns);
  return { tableId: table.id, columns };
}

function datatypeOf(type: ValueType): { datatype: string; format: string | null } {
  switch (type) {
    case 'date':
      return { datatype: 'datetime', format: 'yyyy-mm-dd' };
    case 'datetime':
      return { datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' };
    case 'epoch':
      return { datatype: 'datetime', format: 'epoch' };
    default:
      return { datatype: type, format: null };
  }
}

export interface TestUpload {
  readonly fileName?: string;
  readonly objectId?: string;
  readonly sizeBytes?: number;
  readonly checkOnly?: boolean;
}

/** A queued upload, next in the table's order; gives its id. */
export async function createTestUpload(tableId: number, upload: TestUpload = {}): Promise<number> {
  const { fileName = 'customers.csv', objectId = null, sizeBytes = 0, checkOnly = false } = upload;
  const { nextUploadSequence } = await getDb().table.update({
    where: { id: tableId },
    data: { nextUploadSequence: { increment: 1 } },
  });
  const { id } = await getDb().upload.create({
    data: {
      tableId,
      sequence: nextUploadSequence - 1,
      objectId,
      key: `dcp/1/${tableId}/${fileName}`,
      fileName,
      source: 's3',
      uploadedBy: 'test',
      sizeBytes,
      checkOnly,
      etag: 'test',
    },
  });
  return id;
}

/** One customer's values by datatype, without those that are empty; `null` without a row. */
export async function readValues(
  { tableId, columns }: TestTable,
  customerId: string,
): Promise<Record<string, string> | null> {
  const profile = await readProfile(getPool(), { tableId, columns, customerId });
  if (!profile) return null;
  const values: Record<string, string> = {};
  for (const { attributeId, type } of columns) {
    const value = profile.values.get(attributeId);
    if (typeof value === 'string') values[type] = value;
  }
  return values;
}
