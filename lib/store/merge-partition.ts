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
 * milliseconds. Rows may be of any width, which the first slice shows.
 */
const sliceTime = 50;
const sliceRows = { first: 100, least: 10, most: 20_000 };

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
  let { uncounted } = sorted;
  let wanted: number = sliceRows.first;
  let to = 0;
  // A partition without rows to apply gets its note, too.
  do {
    const from = to;
    const pages = Math.round(Math.min(wanted, cleaner.mostInSlice) * pagesPerRow);
    to = Math.min(sorted.pages, from + Math.max(1, pages));
    const isDone = to >= sorted.pages;
    const started = performance.now();
    const merged = await mergeSlice(pool, options, { from, to, isDone, uncounted });
    uncounted -= merged.rows;
    wanted = nextSliceRows(merged.rows, performance.now() - started);
    await cleaner.noteSlice(merged);
  } while (to < sorted.pages);
}

function nextSliceRows(merged: number, milliseconds: number): number {
  const atPace = (merged * sliceTime) / Math.max(1, milliseconds);
  return Math.min(sliceRows.most, Math.max(sliceRows.least, atPace));
}

function sourceOf({ claim, batch }: MergePartitionOptions): string {
  return stagingName(claim.uploadId, batch);
}

function targetOf({ claim, partition }: MergePartitionOptions): string {
  return partitionName(tableName(claim.tableId), partition);
}

interface SortedPartition {
  /** Of the partition's rows, repeats and unchanged ones included, those that no note counts yet. */
  readonly uncounted: number;
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
      const total = await countStagedRows(connection, from);
      if (repeatedIds?.length !== 0) {
        const statement = combineDuplicates(from, columns, emptyCells);
        await connection.query(statement, [repeatedIds ?? null]);
      }
      const into = targetOf(options);
      const after = note?.last ?? '';
      const { uploadId } = claim;
      await sortRows(connection, { from, into, sorted, after, uploadId, columns, emptyCells });
      const rows = await countStagedRows(connection, sorted);
      const uncounted = total - (note?.rows ?? 0);
      return { uncounted, rows, pages: await countPages(connection, sorted) };
    },
    signal ? { signal } : {},
  );
}

async function countStagedRows(connection: Connection, table: string): Promise<number> {
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
  /** As of `SortedPartition`, before this slice. */
  readonly uncounted: number;
}

async function mergeSlice(
  pool: Pool,
  options: MergePartitionOptions,
  { from, to, isDone, uncounted }: PageRange,
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
      const rows = isDone ? uncounted : applied.rows;
      await writeNote(connection, options, { slice: { ...applied, rows }, isDone });
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
  /** Counted so far. */
  readonly rows: number;
}

async function readNote(
  connection: Connection,
  { claim, batch, partition }: MergePartitionOptions,
): Promise<Note | null> {
  const { rows } = await connection.query<Note>(
    `SELECT is_done AS "isDone", last, rows::float8 AS rows FROM profiles.upload_merge
     WHERE upload_id = $1 AND batch = $2 AND partition = $3`,
    [claim.uploadId, batch, partition],
  );
  return rows[0] ?? null;
}

interface NewNote {
  readonly slice: AppliedSlice;
  readonly isDone: boolean;
}

/**
 * Adds what a slice did. The last one counts as well the rows that needed none: repeats, and what was in the table already.
 * A cancel may have taken the note away, with what it counted.
 */
async function writeNote(
  connection: Connection,
  { claim, batch, partition }: MergePartitionOptions,
  { slice, isDone }: NewNote,
): Promise<void> {
  await connection.query(
    `INSERT INTO profiles.upload_merge AS note
       (upload_id, batch, partition, rows, created, changed, last, is_done)
     VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, ''), $8)
     ON CONFLICT (upload_id, batch, partition) DO UPDATE SET
       rows = note.rows + EXCLUDED.rows, created = note.created + EXCLUDED.created,
       changed = note.changed + EXCLUDED.changed, last = COALESCE($7, note.last), is_done = $8`,
    [
      claim.uploadId,
      batch,
      partition,
      slice.rows,
      slice.created,
      slice.changed,
      slice.last,
      isDone,
    ],
  );
}
