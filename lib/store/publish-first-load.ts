import { copyAliasIndexes } from './alias-columns.ts';
import { changeStructure } from './change-structure.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import {
  columnName,
  firstLoadName,
  partitionName,
  partitions,
  repeatsName,
  tableName,
  type StoredColumn,
} from './names.ts';
import type { Connection, Pool } from './pool.ts';
import { holdClaim, type ClaimedUpload } from './upload-claim.ts';
import type { JsonObject } from './upload-ledger.ts';

export interface PublishFirstLoadOptions {
  readonly claim: ClaimedUpload;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  /** Rows of all partitions. */
  readonly rows: number;
  /** Where the upload stands afterwards. */
  readonly checkpoint: JsonObject;
}

/** More rows than these, written one by one while the load was under way, are not moved under a lock. */
const mostLiveRows = 1_000;

/**
 * Puts the tables of a completed first load in the place of the empty table, with the few rows that were
 * written to that one meanwhile: the file applies on top of them. Readers and writers wait for the length of a
 * rename; whoever waited goes on with the new table. Counts and checkpoint are part of the same transaction.
 *
 * @returns false when the table has become too full for that: its rows have to be merged.
 */
export async function publishFirstLoad(
  pool: Pool,
  options: PublishFirstLoadOptions,
): Promise<boolean> {
  const { claim, rows, checkpoint } = options;
  await addKey(pool, options);
  const indexes = { from: tableName(claim.tableId), into: firstLoadName(claim.uploadId) };
  await copyAliasIndexes(pool, indexes);
  let isPublished = false;
  await changeStructure(pool, claim.tableId, async (connection) => {
    await holdClaim(connection, claim);
    await connection.query(`LOCK TABLE ${tableName(claim.tableId)} IN ACCESS EXCLUSIVE MODE`);
    const columns = await addMissingColumns(connection, claim);
    await copyAliasIndexes(connection, indexes);
    const live = await countLiveRows(connection, claim.tableId);
    isPublished = live <= mostLiveRows;
    if (!isPublished) return;
    const known = live === 0 ? 0 : await adoptLiveRows(connection, options, columns);
    await replaceTable(connection, claim);
    await connection.query(
      'INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)',
      [claim.tableId, rows - known],
    );
    await connection.query(
      `UPDATE "Upload" SET "rowsCreated" = "rowsCreated" + $2::bigint,
         "rowsChanged" = "rowsChanged" + $3::bigint, checkpoint = $4
       WHERE id = $1`,
      [claim.uploadId, rows - known, known, checkpoint],
    );
  });
  return isPublished;
}

/** The partitions have theirs already, so that this takes no time. */
async function addKey(pool: Pool, { claim }: PublishFirstLoadOptions): Promise<void> {
  const name = firstLoadName(claim.uploadId);
  const { rowCount } = await pool.query(
    'SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary',
    [name],
  );
  if (rowCount === 0) await pool.query(`ALTER TABLE ${name} ADD PRIMARY KEY (customer_id)`);
}

/** Attributes that were registered since the load began; gives the names of all. */
async function addMissingColumns(
  connection: Connection,
  { tableId, uploadId }: ClaimedUpload,
): Promise<string[]> {
  const name = firstLoadName(uploadId);
  const { rows } = await connection.query<{ column: string; type: string; missing: boolean }>(
    `SELECT attname AS column, format_type(atttypid, atttypmod) ||
              CASE WHEN attcollation = 0 THEN '' ELSE ' COLLATE "C"' END AS type,
            NOT EXISTS (
              SELECT FROM pg_attribute AS loaded
              WHERE loaded.attrelid = $2::regclass AND loaded.attname = live.attname
            ) AS missing
     FROM pg_attribute AS live
     WHERE attrelid = $1::regclass AND attname ~ '^a_[0-9]+$' AND NOT attisdropped`,
    [tableName(tableId), name],
  );
  for (const { column, type } of rows.filter(({ missing }) => missing)) {
    await connection.query(`ALTER TABLE ${name} ADD COLUMN ${column} ${type}`);
  }
  return rows.map(({ column }) => column);
}

async function countLiveRows(connection: Connection, tableId: number): Promise<number> {
  const { rows } = await connection.query<{ total: string }>(
    `SELECT count(*) AS total FROM (SELECT FROM ${tableName(tableId)} LIMIT ${mostLiveRows + 1}) AS live`,
  );
  return Number(rows[0]?.total ?? 0);
}

/** @returns how many of the live rows are customers of the file, too. */
async function adoptLiveRows(
  connection: Connection,
  { claim, columns: brought, emptyCells }: PublishFirstLoadOptions,
  columns: readonly string[],
): Promise<number> {
  const into = firstLoadName(claim.uploadId);
  const live = tableName(claim.tableId);
  const overwritten = new Set<string>(
    emptyCells === 'clear' ? brought.map(({ attributeId }) => columnName(attributeId)) : [],
  );
  const kept = columns.filter((column) => !overwritten.has(column));
  const assignments = [
    'upload_id = loaded.upload_id',
    ...kept.map((column) => `${column} = COALESCE(loaded.${column}, live.${column})`),
  ];
  // A look-up of each of a few rows, whatever the statistics of a table just made are thought to say.
  await connection.query('SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off');
  const { rowCount } = await connection.query(
    `UPDATE ${into} AS loaded SET ${assignments.join(', ')} FROM ${live} AS live
     WHERE loaded.customer_id = live.customer_id`,
  );
  const names = ['customer_id', 'updated_at', 'upload_id', ...columns].join(', ');
  await connection.query(
    `INSERT INTO ${into} (${names}) SELECT ${names} FROM ${live}
     ON CONFLICT (customer_id) DO NOTHING`,
  );
  return rowCount ?? 0;
}

async function replaceTable(
  connection: Connection,
  { tableId, uploadId }: ClaimedUpload,
): Promise<void> {
  const from = firstLoadName(uploadId);
  const into = tableName(tableId);
  const bare = (name: string) => name.replace('profiles.', '');
  const leaves = partitions.map((partition) => {
    const [leaf, name] = [partitionName(from, partition), bare(partitionName(into, partition))];
    return `ALTER INDEX ${leaf}_pkey RENAME TO ${name}_pkey;
            ALTER TABLE ${leaf} RENAME TO ${name};`;
  });
  await connection.query(
    `DROP TABLE ${into}, ${repeatsName(uploadId)};
     DROP SEQUENCE ${repeatsName(uploadId)}_seq;
     ${leaves.join('\n')}
     ALTER TABLE ${from} ALTER updated_at DROP DEFAULT, ALTER upload_id DROP DEFAULT;
     ALTER INDEX ${from}_pkey RENAME TO ${bare(into)}_pkey;
     ALTER TABLE ${from} RENAME TO ${bare(into)};`,
  );
}
