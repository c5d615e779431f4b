import { applyRows, type AppliedSlice, type RowsToApply } from './apply-rows.ts';
import { clearPages } from './clear-pages.ts';
import { combineDuplicates, type EmptyCells } from './combine-duplicates.ts';
import { partitionName, sortedName, stagingName, tableName, type StoredColumn } from './names.ts';
import { readNote, writeNote } from './merge-note.ts';
import type { Connection, Pool } from './pool.ts';
import { measureSorted, sortRows, type SortedRows } from './sort-rows.ts';
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
 * Lost by a crash, rows and note go together, and the record of the batch waits for both. Rows are gone to at
 * their places: going by the key takes longer, and any other join reads whole partitions for each of thousands
 * of slices.
 */
const sliceSettings = `
  SET LOCAL synchronous_commit = off;
  SET LOCAL enable_hashjoin = off;
  SET LOCAL enable_mergejoin = off;
  SET LOCAL enable_seqscan = off;
  SET LOCAL enable_indexscan = off;
  SET LOCAL enable_bitmapscan = off`;

/**
 * Merges one staged partition into the table, exactly once: slice by slice, each a short transaction together
 * with its counts and the note of how far it came. What is before the note is left alone.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function mergePartition(pool: Pool, options: MergePartitionOptions): Promise<void> {
  const sorted = await sortPartition(pool, options);
  if (sorted === null) return;
  const { passes } = sorted;
  const cleaner = await PartitionCleaner.for(pool, targetOf(options), options);
  let wanted: number = sliceRows.first;
  for (let from = sorted.page; from < sorted.pages;) {
    const to = endOfSlice(sorted, from, wanted);
    const isDone = to === sorted.pages;
    const started = performance.now();
    const merged = await mergeSlice(pool, options, { pages: { from, to }, passes, isDone });
    wanted = nextSliceRows(merged.rows, performance.now() - started);
    await cleaner.noteSlice(merged);
    from = to;
  }
}

/** A slice of changed rows has no more of them than a pass: the one after shall find the rows before it dead. */
function endOfSlice(sorted: SortedRows, from: number, wanted: number): number {
  const { rows, pages, known, firstKnown, passes } = sorted;
  const isNew = from < firstKnown;
  const most = isNew ? wanted : Math.min(wanted, known / passes);
  const wantedPages = Math.max(1, Math.floor((most * pages) / rows));
  return Math.min(isNew ? firstKnown : pages, from + wantedPages);
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

function sortedOf(options: MergePartitionOptions): string {
  return sortedName(sourceOf(options), options.partition);
}

interface SortedPartition extends SortedRows {
  /** Where to go on. */
  readonly page: number;
}

/**
 * Makes customers unique and sorts out what is to be applied, unless that was done before.
 *
 * @returns `null` when the partition is merged.
 */
async function sortPartition(
  pool: Pool,
  options: MergePartitionOptions,
): Promise<SortedPartition | null> {
  const { claim, signal } = options;
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      const note = await readNote(connection, options);
      if (note?.isDone) return null;
      const page = note?.page ?? null;
      if (page === null) return sortStaged(connection, options, note?.rows ?? 0);
      return { ...(await measureSorted(connection, sortedOf(options))), page };
    },
    signal ? { signal } : {},
  );
}

/** @param counted rows that an earlier version of OpenDCP merged, whose notes were others. */
async function sortStaged(
  connection: Connection,
  options: MergePartitionOptions,
  counted: number,
): Promise<SortedPartition | null> {
  const { partition, columns, emptyCells, repeatedIds } = options;
  const from = partitionName(sourceOf(options), partition);
  const [into, sorted] = [targetOf(options), sortedOf(options)];
  // Partitions are merged side by side: more processes would only take turns.
  await connection.query(
    `SET LOCAL work_mem = '${workMemory}'; SET LOCAL max_parallel_workers_per_gather = 0`,
  );
  const staged = await countStagedRows(connection, from);
  if (repeatedIds?.length !== 0) {
    const statement = combineDuplicates(from, columns, emptyCells);
    await connection.query(statement, [repeatedIds ?? null]);
  }
  const rows = await sortRows(connection, { from, into, sorted, columns, emptyCells });
  const isDone = rows.rows === 0;
  if (isDone) await connection.query(`DROP TABLE ${sorted}`);
  // Repeats, and what the table has already, are done with.
  await writeNote(connection, options, {
    done: { rows: staged - rows.rows - counted, created: 0, changed: 0 },
    page: 0,
    isDone,
  });
  return isDone ? null : { ...rows, page: 0 };
}

async function countStagedRows(connection: Connection, table: string): Promise<number> {
  const { rows } = await connection.query<{ total: string }>(
    `SELECT count(*) AS total FROM ${table}`,
  );
  return Number(rows[0]?.total ?? 0);
}

interface Slice extends Pick<RowsToApply, 'pages'>, Pick<SortedRows, 'passes'> {
  readonly isDone: boolean;
}

async function mergeSlice(
  pool: Pool,
  options: MergePartitionOptions,
  { pages, passes, isDone }: Slice,
): Promise<AppliedSlice> {
  const { claim, columns, emptyCells, updatedAt, signal } = options;
  const target = { sorted: sortedOf(options), pages, into: targetOf(options) };
  return inRetriedTransaction(
    pool,
    async (connection, tries) => {
      await holdClaim(connection, claim);
      await connection.query(sliceSettings);
      if (passes > 1) await clearPages(connection, target);
      const applied = await applyRows(connection, {
        ...target,
        columns,
        emptyCells,
        uploadId: claim.uploadId,
        updatedAt,
        isContended: tries > 1,
      });
      await writeNote(connection, options, { done: applied, page: pages.to, isDone });
      if (applied.created > 0) {
        await connection.query(
          'INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)',
          [claim.tableId, applied.created],
        );
      }
      if (isDone) await connection.query(`DROP TABLE ${target.sorted}`);
      return applied;
    },
    signal ? { signal } : {},
  );
}
