import { applyPartition } from './apply-partition.ts';
import { combineDuplicates, type EmptyCells } from './combine-duplicates.ts';
import { partitionName, stagingName, tableName, type StoredColumn } from './names.ts';
import type { Connection, Pool } from './pool.ts';
import { inRetriedTransaction, type TransactionOptions } from './transaction.ts';
import { holdClaim, type Claim } from './upload-claim.ts';

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
 * Merges one staged partition into the table, exactly once: rows, counts and the note that it is done are
 * one transaction, and a partition with a note is left alone.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function mergePartition(pool: Pool, options: MergePartitionOptions): Promise<void> {
  const { claim, signal } = options;
  await inRetriedTransaction(
    pool,
    async (connection, tries) => {
      await holdClaim(connection, claim);
      if (await isMerged(connection, options)) return;
      await connection.query(`SET LOCAL work_mem = '${workMemory}'`);
      await merge(connection, options, tries > 1);
    },
    signal ? { signal } : {},
  );
}

async function merge(
  connection: Connection,
  options: MergePartitionOptions,
  isContended: boolean,
): Promise<void> {
  const { claim, batch, partition, columns, emptyCells, updatedAt } = options;
  const staged = options.from ?? stagingName(claim.uploadId, batch);
  const from = partitionName(staged, partition);
  const into = partitionName(tableName(claim.tableId), partition);
  const { rows } = await connection.query<{ total: string }>(
    `SELECT count(*) AS total FROM ${from}`,
  );
  if (options.repeatedIds?.length !== 0) {
    const repeatedIds = options.repeatedIds ?? null;
    await connection.query(combineDuplicates(from, columns, emptyCells), [repeatedIds]);
  }
  const { created, changed } = await applyPartition(connection, {
    from,
    into,
    columns,
    emptyCells,
    uploadId: claim.uploadId,
    updatedAt,
    isContended,
  });
  await connection.query(
    `INSERT INTO profiles.upload_merge (upload_id, batch, partition, rows, created, changed)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [claim.uploadId, batch, partition, rows[0]?.total ?? 0, created, changed],
  );
  if (created === 0) return;
  await connection.query('INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)', [
    claim.tableId,
    created,
  ]);
}

async function isMerged(
  connection: Connection,
  { claim, batch, partition }: MergePartitionOptions,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    'SELECT FROM profiles.upload_merge WHERE upload_id = $1 AND batch = $2 AND partition = $3',
    [claim.uploadId, batch, partition],
  );
  return rowCount === 1;
}
