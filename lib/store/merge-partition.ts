import { applyRows, type AppliedSlice } from './apply-rows.ts';
import { combineDuplicates, type EmptyCells } from './combine-duplicates.ts';
import { partitionName, stagingName, tableName, type StoredColumn } from './names.ts';
import type { Connection, Pool } from './pool.ts';
import { inRetriedTransaction, inTransaction, type TransactionOptions } from './transaction.ts';
import { holdClaim, type Claim } from './upload-claim.ts';
import { PartitionCleaner } from './partition-cleaner.ts';

export interface MergePartitionOptions extends TransactionOptions {
  readonly claim: Claim;
  readonly batch: number;
  readonly partition: number;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  /** What created and changed rows get as their time. */
  readonly updatedAt: Date;
  /** Where the rows are; the batch's staging set when left out. */
  readonly from?: string;
  /** Customers that may be there more than once; anybody when left out. */
  readonly repeatedIds?: readonly string[];
}

/** For sorting and hashing one partition of one batch; a few run at once. */
const workMemory = '64MB';

/**
 * A slice is a transaction, and whoever writes a customer of it waits for its end: it shall take this many
 * milliseconds.
 */
const sliceTime = 50;
const sliceRows = { first: 2_000, least: 2_000, most: 20_000 };

/**
 * Lost by a crash, rows and note go together, and the record of the batch waits for both. A slice is read and
 * looked up by index: any other way reads whole partitions for each of thousands of slices.
 */
const sliceSettings = `
  SET LOCAL synchronous_commit = off;
  SET LOCAL enable_hashjoin = off;
  SET LOCAL enable_mergejoin = off;
  SET LOCAL enable_sort = off;
  SET LOCAL enable_seqscan = off;
  SET LOCAL enable_bitmapscan = off`;

/**
 * Merges one staged partition into the table, exactly once: slice by slice in the order of the customers, each
 * a short transaction together with its counts and the note of how far it came. Slices before the note are
 * left alone.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function mergePartition(pool: Pool, options: MergePartitionOptions): Promise<void> {
  const total = await prepareRows(pool, options);
  if (total === null) return;
  const cleaner = await PartitionCleaner.for(pool, targetOf(options), options);
  for (let rows = Math.min(sliceRows.first, cleaner.mostDead); ;) {
    const started = performance.now();
    const merged = await mergeSlice(pool, options, { rows, total });
    if (merged === null) return;
    const pace = sliceTime / Math.max(1, performance.now() - started);
    await cleaner.noteSlice(merged);
    if (merged.rows < rows) return;
    const wanted = Math.max(sliceRows.least, Math.round(merged.rows * pace));
    rows = Math.min(sliceRows.most, cleaner.mostDead, wanted);
  }
}

function targetOf({ claim, partition }: MergePartitionOptions): string {
  return partitionName(tableName(claim.tableId), partition);
}

function sourceOf({ from, claim, batch, partition }: MergePartitionOptions): string {
  return partitionName(from ?? stagingName(claim.uploadId, batch), partition);
}

/**
 * Makes customers unique and gives them an order. May be called again.
 *
 * @returns the rows there were; `null` when the partition is merged already.
 */
async function prepareRows(pool: Pool, options: MergePartitionOptions): Promise<number | null> {
  const { claim, columns, emptyCells, repeatedIds, signal } = options;
  const from = sourceOf(options);
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      if ((await readNote(connection, options))?.isDone) return null;
      await connection.query(
        `SET LOCAL work_mem = '${workMemory}'; SET LOCAL maintenance_work_mem = '${workMemory}'`,
      );
      const { rows } = await connection.query<{ total: string }>(
        `SELECT count(*) AS total FROM ${from}`,
      );
      if (repeatedIds?.length !== 0) {
        const statement = combineDuplicates(from, columns, emptyCells);
        await connection.query(statement, [repeatedIds ?? null]);
      }
      const total = Number(rows[0]?.total ?? 0);
      if (total > sliceRows.first) await addIndex(connection, from);
      return total;
    },
    signal ? { signal } : {},
  );
}

async function addIndex(connection: Connection, table: string): Promise<void> {
  const { rowCount } = await connection.query(
    'SELECT FROM pg_index WHERE indrelid = $1::regclass',
    [table],
  );
  if (rowCount !== 0) return;
  await connection.query(`SET LOCAL max_parallel_maintenance_workers = 0`);
  await connection.query(`CREATE INDEX ON ${table} (customer_id)`);
}

interface NextSlice {
  readonly rows: number;
  /** Of the partition, repeats included. */
  readonly total: number;
}

/** @returns `null` when the partition was merged as a whole before. */
async function mergeSlice(
  pool: Pool,
  options: MergePartitionOptions,
  { rows, total }: NextSlice,
): Promise<AppliedSlice | null> {
  const { claim, columns, emptyCells, updatedAt, signal } = options;
  return inRetriedTransaction(
    pool,
    async (connection, tries) => {
      await holdClaim(connection, claim);
      const note = await readNote(connection, options);
      if (note?.isDone) return null;
      await connection.query(sliceSettings);
      const slice = { after: note?.last ?? '', rows };
      const applied = await applyRows(connection, {
        from: sourceOf(options),
        slice,
        into: targetOf(options),
        columns,
        emptyCells,
        uploadId: claim.uploadId,
        updatedAt,
        isContended: tries > 1,
      });
      const isDone = applied.rows < rows;
      await writeNote(connection, options, { slice: applied, isDone, total });
      if (applied.created > 0) {
        await connection.query(
          'INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)',
          [claim.tableId, applied.created],
        );
      }
      return applied;
    },
    signal ? { signal } : {},
  );
}

interface Note {
  readonly isDone: boolean;
  /** The last customer that is merged. */
  readonly last: string;
}

async function readNote(
  connection: Connection,
  { claim, batch, partition }: MergePartitionOptions,
): Promise<Note | null> {
  const { rows } = await connection.query<Note>(
    `SELECT is_done AS "isDone", last FROM profiles.upload_merge
     WHERE upload_id = $1 AND batch = $2 AND partition = $3`,
    [claim.uploadId, batch, partition],
  );
  return rows[0] ?? null;
}

interface NewNote {
  readonly slice: AppliedSlice;
  readonly isDone: boolean;
  readonly total: number;
}

/** Repeats count as rows once all of the partition is merged. */
async function writeNote(
  connection: Connection,
  { claim, batch, partition }: MergePartitionOptions,
  { slice, isDone, total }: NewNote,
): Promise<void> {
  await connection.query(
    `INSERT INTO profiles.upload_merge AS note
       (upload_id, batch, partition, rows, created, changed, last, is_done)
     VALUES ($1, $2, $3, CASE WHEN $8 THEN $9::bigint ELSE $4::bigint END, $5, $6, COALESCE($7, ''), $8)
     ON CONFLICT (upload_id, batch, partition) DO UPDATE SET
       rows = CASE WHEN $8 THEN $9::bigint ELSE note.rows + $4::bigint END,
       created = note.created + $5, changed = note.changed + $6,
       last = COALESCE($7, note.last), is_done = $8`,
    [
      claim.uploadId,
      batch,
      partition,
      slice.rows,
      slice.created,
      slice.changed,
      slice.last,
      isDone,
      total,
    ],
  );
}
