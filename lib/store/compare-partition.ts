import type { AppliedRows } from './apply-rows.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import { firstLoadName, partitionName, tableName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { isDifferent } from './row-difference.ts';
import { inTransaction, type TransactionOptions } from './transaction.ts';
import { holdClaim, type ClaimedUpload } from './upload-claim.ts';

export interface ComparePartitionOptions extends TransactionOptions {
  readonly claim: ClaimedUpload;
  readonly partition: number;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
}

export interface ComparedRows extends AppliedRows {
  /** Customers of the file whom the table has with the same values. */
  readonly unchanged: number;
}

/** For hashing one partition; a few are compared at once. */
const workMemory = '64MB';

/** What storing one partition of a completed first load would do to the table. Only reads. */
export async function comparePartition(
  pool: Pool,
  { claim, partition, columns, emptyCells, signal }: ComparePartitionOptions,
): Promise<ComparedRows> {
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      await connection.query(`SET LOCAL work_mem = '${workMemory}'`);
      const { rows } = await connection.query<Record<'customers' | keyof AppliedRows, string>>(
        `SELECT count(*) AS customers,
                count(*) FILTER (WHERE stored.customer_id IS NULL) AS created,
                count(*) FILTER (WHERE stored.customer_id IS NOT NULL
                                   AND ${isDifferent(columns, emptyCells)}) AS changed
         FROM ${partitionName(firstLoadName(claim.uploadId), partition)} AS incoming
         LEFT JOIN ${partitionName(tableName(claim.tableId), partition)} AS stored
           ON stored.customer_id = incoming.customer_id`,
      );
      const [row] = rows;
      if (!row) throw new Error('Nothing was counted.');
      const [created, changed] = [Number(row.created), Number(row.changed)];
      return { created, changed, unchanged: Number(row.customers) - created - changed };
    },
    signal ? { signal } : {},
  );
}
