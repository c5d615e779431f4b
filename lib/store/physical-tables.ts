import { changeStructure } from './change-structure.ts';
import { columnDefinitions } from './column-definitions.ts';
import { columnType, textType } from './column-type.ts';
import {
  columnName,
  partitionCount,
  partitionName,
  partitions,
  tableName,
  type StoredColumn,
} from './names.ts';
import type { Connection, Pool } from './pool.ts';

/**
 * Percent of a page that new rows fill. A changed row whose page has room stays there, and the key's index is
 * left alone; merges in slices then hardly ever need another page.
 */
export const fillFactor = 90;

/** A column takes milliseconds, longer in a wide table, and lookups wait meanwhile. */
const columnsAtOnce = 20;

/**
 * Makes sure that a table's physical table exists and has these columns; does nothing when it has. Columns
 * are nullable and without a default, so that adding one to any number of rows takes no time.
 *
 * @throws {AppError} `unavailable` when the table stays locked for half a minute.
 * @example await ensureTable(pool, 12, [{ attributeId: 34, type: 'long' }]);
 */
export async function ensureTable(
  pool: Pool,
  tableId: number,
  columns: readonly StoredColumn[],
): Promise<void> {
  const existing = await readColumnNames(pool, tableId);
  if (existing.size === 0) {
    await changeStructure(pool, tableId, (connection) => create(connection, tableId, columns));
    // Somebody else may have been quicker, with other columns.
    return ensureTable(pool, tableId, columns);
  }
  const missing = columns.filter(({ attributeId }) => !existing.has(columnName(attributeId)));
  for (let from = 0; from < missing.length; from += columnsAtOnce) {
    await changeStructure(pool, tableId, (connection) =>
      addColumns(connection, tableId, missing.slice(from, from + columnsAtOnce)),
    );
  }
}

/** Creates the physical table of a new table. May be called again. @example await createTable(pool, 12); */
export async function createTable(pool: Pool, tableId: number): Promise<void> {
  await ensureTable(pool, tableId, []);
}

/**
 * Adds the column of a new attribute. May be called again. An archived attribute keeps its column.
 *
 * @example await addAttribute(pool, 12, { attributeId: 34, type: 'long' });
 */
export async function addAttribute(
  pool: Pool,
  tableId: number,
  column: StoredColumn,
): Promise<void> {
  await ensureTable(pool, tableId, [column]);
}

/** Removes a table's rows and everything that the store knows of it. May be called again. */
export async function dropTable(pool: Pool, tableId: number): Promise<void> {
  await changeStructure(pool, tableId, async (connection) => {
    await connection.query(`DROP TABLE IF EXISTS ${tableName(tableId)}`);
    await connection.query('DELETE FROM profiles.row_count_delta WHERE table_id = $1', [tableId]);
  });
}

async function readColumnNames(pool: Pool, tableId: number): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ attname: string }>(
    'SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped',
    [tableName(tableId)],
  );
  return new Set(rows.map((row) => row.attname));
}

async function create(
  connection: Connection,
  tableId: number,
  columns: readonly StoredColumn[],
): Promise<void> {
  const table = tableName(tableId);
  await connection.query(`
    CREATE TABLE IF NOT EXISTS ${table} (
      customer_id ${textType} PRIMARY KEY,
      updated_at timestamptz NOT NULL,
      upload_id integer${columnDefinitions(columns)}
    ) PARTITION BY HASH (customer_id)`);
  for (const partition of partitions) {
    await connection.query(
      `CREATE TABLE IF NOT EXISTS ${partitionName(table, partition)} PARTITION OF ${table}
       FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${partition})
       WITH (fillfactor = ${fillFactor})`,
    );
  }
}

async function addColumns(
  connection: Connection,
  tableId: number,
  columns: readonly StoredColumn[],
): Promise<void> {
  const additions = columns.map(
    ({ attributeId, type }) =>
      `ADD COLUMN IF NOT EXISTS ${columnName(attributeId)} ${columnType(type)}`,
  );
  await connection.query(`ALTER TABLE ${tableName(tableId)} ${additions.join(', ')}`);
}
