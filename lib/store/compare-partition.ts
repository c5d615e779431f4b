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

/** For hashing one partition; a few are compared at once. */
const workMemory = '64MB';

/** What storing one partition of a completed first load would do to the table. Only reads. */
export async function comparePartition(
  pool: Pool,
  { claim, partition, columns, emptyCells, signal }: ComparePartitionOptions,
): Promise<AppliedRows> {
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      await connection.query(`SET LOCAL work_mem = '${workMemory}'`);
      const { rows } = await connection.query<Record<keyof AppliedRows, string>>(
        `SELECT count(*) FILTER (WHERE stored.customer_id IS NULL) AS created,
                count(*) FILTER (WHERE stored.customer_id IS NOT NULL
                                   AND ${isDifferent(columns, emptyCells)}) AS changed
         FROM ${partitionName(firstLoadName(claim.uploadId), partition)} AS incoming
         LEFT JOIN ${partitionName(tableName(claim.tableId), partition)} AS stored
           ON stored.customer_id = incoming.customer_id`,
      );
      return { created: Number(rows[0]?.created ?? 0), changed: Number(rows[0]?.changed ?? 0) };
    },
    signal ? { signal } : {},
  );
}
