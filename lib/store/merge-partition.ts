import { applyRows, countPages, sortRows, type AppliedSlice } from './apply-rows.ts';
import { combineDuplicates, type EmptyCells } from './combine-duplicates.ts';
import { partitionName, sortedName, stagingName, tableName, type StoredColumn } from './names.ts';
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
const sliceRows = { first: 2_000, least: 1_000, most: 20_000 };

/**
 * Lost by a crash, rows and note go together, and the record of the batch waits for both. Customers are looked
 * up by the key: any other join reads whole partitions for each of thousands of slices.
 */
const sliceSettings = `
  SET LOCAL synchronous_commit = off;
  SET LOCAL enable_hashjoin = off;
  SET LOCAL enable_mergejoin = off;
  SET LOCAL enable_seqscan = off;
  SET LOCAL enable_bitmapscan = off`;

/**
 * Merges one staged partition into the table, exactly once: slice by slice in a fixed order of the customers,
 * each a short transaction together with its counts and the note of how far it came. Customers before the note
 * are left alone.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function mergePartition(pool: Pool, options: MergePartitionOptions): Promise<void> {
  const sorted = await sortPartition(pool, options);
  if (sorted === null) return;
  const cleaner = await PartitionCleaner.for(pool, targetOf(options), options);
  const pagesPerRow = sorted.pages / Math.max(1, sorted.rows);
  let to = 0;
  // A partition without rows to apply gets its note, too.
  for (let wanted = sliceRows.first; ;) {
    const from = to;
    const pages = Math.round(Math.min(wanted, cleaner.mostInSlice) * pagesPerRow);
    to = Math.min(sorted.pages, from + Math.max(1, pages));
    const started = performance.now();
    const isDone = to >= sorted.pages;
    const merged = await mergeSlice(pool, options, { ...sorted, from, to, isDone });
    const pace = sliceTime / Math.max(1, performance.now() - started);
    wanted = Math.min(sliceRows.most, Math.max(sliceRows.least, merged.rows * pace));
    await cleaner.noteSlice(merged);
    if (isDone) return;
  }
}

function sourceOf({ claim, batch }: MergePartitionOptions): string {
  return stagingName(claim.uploadId, batch);
}

function targetOf({ claim, partition }: MergePartitionOptions): string {
  return partitionName(tableName(claim.tableId), partition);
}

interface SortedPartition {
  /** Of the partition, repeats and unchanged rows included. */
  readonly total: number;
  /** That are to be applied, and the pages they are on. */
  readonly rows: number;
  readonly pages: number;
}

/**
 * Makes customers unique and sorts out what is to be applied. May be called again.
 *
 * @returns `null` when the partition is merged already.
 */
async function sortPartition(
  pool: Pool,
  options: MergePartitionOptions,
): Promise<SortedPartition | null> {
  const { claim, partition, columns, emptyCells, repeatedIds, signal } = options;
  const from = partitionName(sourceOf(options), partition);
  const sorted = sortedName(sourceOf(options), partition);
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      const note = await readNote(connection, options);
      if (note?.isDone) return null;
      // Partitions are merged side by side: more processes would only take turns.
      await connection.query(
        `SET LOCAL work_mem = '${workMemory}'; SET LOCAL max_parallel_workers_per_gather = 0`,
      );
      const total = await countRows(connection, from);
      if (repeatedIds?.length !== 0) {
        const statement = combineDuplicates(from, columns, emptyCells);
        await connection.query(statement, [repeatedIds ?? null]);
      }
      const into = targetOf(options);
      const after = note?.last ?? '';
      const { uploadId } = claim;
      await sortRows(connection, { from, into, sorted, after, uploadId, columns, emptyCells });
      const rows = await countRows(connection, sorted);
      return { total, rows, pages: await countPages(connection, sorted) };
    },
    signal ? { signal } : {},
  );
}

async function countRows(connection: Connection, table: string): Promise<number> {
  const { rows } = await connection.query<{ total: string }>(
    `SELECT count(*) AS total FROM ${table}`,
  );
  return Number(rows[0]?.total ?? 0);
}

interface PageRange {
  readonly from: number;
  /** Behind the last one. */
  readonly to: number;
  readonly isDone: boolean;
  /** Of the partition, once all of it is merged. */
  readonly total: number;
}

async function mergeSlice(
  pool: Pool,
  options: MergePartitionOptions,
  { from, to, isDone, total }: PageRange,
): Promise<AppliedSlice> {
  const { claim, partition, columns, emptyCells, updatedAt, signal } = options;
  const sorted = sortedName(sourceOf(options), partition);
  return inRetriedTransaction(
    pool,
    async (connection, tries) => {
      await holdClaim(connection, claim);
      await connection.query(sliceSettings);
      const applied = await applyRows(connection, {
        sorted,
        pages: { from, to },
        into: targetOf(options),
        columns,
        emptyCells,
        uploadId: claim.uploadId,
        updatedAt,
        isContended: tries > 1,
      });
      await writeNote(connection, options, { slice: applied, isDone, total });
      if (applied.created > 0) {
        await connection.query(
          'INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)',
          [claim.tableId, applied.created],
        );
      }
      if (isDone) await connection.query(`DROP TABLE ${sorted}`);
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
