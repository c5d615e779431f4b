import { dropFirstLoad } from './first-load.ts';
import { firstLoadName, partitionCount } from './names.ts';
import { takeMergedRows } from './merged-rows.ts';
import type { Connection, Pool } from './pool.ts';
import { inTransaction } from './transaction.ts';
import { lockClaim, type Claim } from './upload-claim.ts';

/** Anything that JSON can hold. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Rows that were rejected for one reason in one column; the column is empty for a fault of the whole row. */
export interface RejectCount {
  readonly code: string;
  readonly column: string;
  readonly count: number;
}

/** A run of rejected rows in the blob store. */
export interface RejectSegment {
  /** 0-based position, among all kept rejects of the upload, of its first row. */
  readonly firstRow: number;
  readonly rows: number;
  readonly blobName: string;
  readonly sizeBytes: number;
}

/** What one batch adds to an upload. */
export interface BatchRecord {
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  /** False when no row was accepted, so that there was nothing to merge. */
  readonly isMerged: boolean;
  readonly rejectCounts: readonly RejectCount[];
  readonly rejectSegments: readonly RejectSegment[];
  /** The upload's warnings as a whole, this batch included; `null` when nothing was read. */
  readonly warnings: readonly unknown[] | null;
  /** Where the next batch begins. */
  readonly checkpoint: JsonObject;
}

export type FinalState = 'completed' | 'completed_with_errors' | 'failed';

/** @throws {ClaimLostError} when the upload is no longer the claim's. */
function changeUpload(
  pool: Pool,
  claim: Claim,
  change: (connection: Connection) => Promise<unknown>,
): Promise<void> {
  return inTransaction(pool, async (connection) => {
    await lockClaim(connection, claim);
    await change(connection);
  });
}

/**
 * Writes live counts, for people to see.
 *
 * @returns false when the upload is no longer the claim's.
 */
export async function reportProgress(
  pool: Pool,
  claim: Claim,
  progress: JsonObject & { readonly bytesRead: number },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE "Upload" SET progress = $3, "bytesRead" = $4
     WHERE id = $1 AND attempt = $2 AND state = 'processing'`,
    [claim.uploadId, claim.attempt, progress, progress.bytesRead],
  );
  return rowCount === 1;
}

/** Stores where the work on an upload stands. */
export async function saveCheckpoint(
  pool: Pool,
  claim: Claim,
  checkpoint: JsonObject,
): Promise<void> {
  await changeUpload(pool, claim, (connection) =>
    connection.query('UPDATE "Upload" SET checkpoint = $2 WHERE id = $1', [
      claim.uploadId,
      checkpoint,
    ]),
  );
}

/** Closes a batch whose partitions are all merged: counts, rejects and checkpoint in one transaction. */
export async function recordBatch(pool: Pool, claim: Claim, batch: BatchRecord): Promise<void> {
  await changeUpload(pool, claim, async (connection) => {
    const merged = await takeMergedRows(connection, claim.uploadId);
    if (merged.partitions !== (batch.isMerged ? partitionCount : 0)) {
      throw new Error(`Upload ${claim.uploadId}: ${merged.partitions} partitions were merged.`);
    }
    await connection.query(
      `UPDATE "Upload" SET
         "rowsRead" = "rowsRead" + $2::bigint + $3::bigint,
         "rowsAccepted" = "rowsAccepted" + $2::bigint, "rowsRejected" = "rowsRejected" + $3::bigint,
         "rowsCreated" = "rowsCreated" + $4::bigint, "rowsChanged" = "rowsChanged" + $5::bigint,
         warnings = COALESCE($6, warnings), checkpoint = $7
       WHERE id = $1`,
      [
        claim.uploadId,
        batch.rowsAccepted,
        batch.rowsRejected,
        merged.created,
        merged.changed,
        batch.warnings && JSON.stringify(batch.warnings),
        batch.checkpoint,
      ],
    );
    await recordRejects(connection, claim.uploadId, batch);
  });
}

async function recordRejects(
  connection: Connection,
  uploadId: number,
  { rejectCounts, rejectSegments }: BatchRecord,
): Promise<void> {
  for (const { code, column, count } of rejectCounts) {
    await connection.query(
      `INSERT INTO "RejectGroup" AS stored ("uploadId", code, "column", count) VALUES ($1, $2, $3, $4)
       ON CONFLICT ("uploadId", code, "column") DO UPDATE SET count = stored.count + EXCLUDED.count`,
      [uploadId, code, column, count],
    );
  }
  for (const { firstRow, rows, blobName, sizeBytes } of rejectSegments) {
    await connection.query(
      `INSERT INTO "RejectFile" ("uploadId", "firstRow", rows, "blobName", "sizeBytes")
       VALUES ($1, $2, $3, $4, $5)`,
      [uploadId, firstRow, rows, blobName, sizeBytes],
    );
  }
}

export interface CheckRecord {
  /** Customers that the table does not have. */
  readonly created: number;
  /** Customers that it has with other values. */
  readonly changed: number;
  /** Customers that it has with the same values. */
  readonly unchanged: number;
  /** Where the upload stands afterwards. */
  readonly checkpoint: JsonObject;
}

/** Closes a check: its counts, and the end of the rows that were compared, in one transaction. */
export async function recordCheck(
  pool: Pool,
  claim: Claim,
  { created, changed, unchanged, checkpoint }: CheckRecord,
): Promise<void> {
  await changeUpload(pool, claim, async (connection) => {
    await connection.query(
      `UPDATE "Upload" SET "rowsCreated" = $2, "rowsChanged" = $3, "rowsUnchanged" = $4, checkpoint = $5
       WHERE id = $1`,
      [claim.uploadId, created, changed, unchanged, checkpoint],
    );
    await dropFirstLoad(connection, claim.uploadId);
  });
}

/** Gives an upload its final state. */
export async function finishUpload(
  pool: Pool,
  claim: Claim,
  { state, error = null }: { readonly state: FinalState; readonly error?: JsonObject | null },
): Promise<void> {
  await changeUpload(pool, claim, async (connection) => {
    await connection.query(
      `UPDATE "Upload" SET state = $2, error = $3,
         "bytesRead" = CASE WHEN $2 = 'failed' THEN "bytesRead" ELSE "sizeBytes" END
       WHERE id = $1`,
      [claim.uploadId, state, error],
    );
    await settle(connection, claim.uploadId);
  });
}

/** Puts an upload back in the queue after a mishap that is not the file's fault. */
export async function requeueUpload(
  pool: Pool,
  claim: Claim,
  checkpoint: JsonObject,
): Promise<void> {
  await changeUpload(pool, claim, (connection) =>
    connection.query(
      `UPDATE "Upload" SET state = 'queued', checkpoint = $2, progress = NULL WHERE id = $1`,
      [claim.uploadId, checkpoint],
    ),
  );
}

/**
 * Completes the books of an upload that was ended from outside (cancelled) or by a failure: what was merged
 * of its unfinished batch stays, and is counted. May be called again.
 */
export async function settleUpload(pool: Pool, uploadId: number): Promise<void> {
  await inTransaction(pool, async (connection) => {
    const { rowCount } = await connection.query(
      `SELECT FROM "Upload" WHERE id = $1 AND state IN ('failed', 'cancelled') FOR UPDATE`,
      [uploadId],
    );
    if (rowCount === 1) await settle(connection, uploadId);
  });
}

async function settle(connection: Connection, uploadId: number): Promise<void> {
  // How far it came is told also of rows that do not count because they were not stored.
  await connection.query(
    `UPDATE "Upload" SET
       "rowsReached" = GREATEST("rowsReached", "rowsRead", (progress->>'rowsRead')::bigint)
     WHERE id = $1`,
    [uploadId],
  );
  // Of a first load that did not come to its end, nothing is in the table.
  await connection.query(
    `UPDATE "Upload" SET "rowsRead" = "rowsRejected", "rowsAccepted" = 0
     WHERE id = $1 AND state <> 'completed' AND to_regclass($2) IS NOT NULL`,
    [uploadId, firstLoadName(uploadId)],
  );
  const merged = await takeMergedRows(connection, uploadId);
  await connection.query(
    `UPDATE "Upload" SET
       "rowsRead" = "rowsRead" + $2::bigint, "rowsAccepted" = "rowsAccepted" + $2::bigint,
       "rowsReached" = GREATEST("rowsReached", "rowsRead" + $2::bigint),
       "rowsCreated" = "rowsCreated" + $3::bigint, "rowsChanged" = "rowsChanged" + $4::bigint,
       progress = NULL, "finishedAt" = COALESCE("finishedAt", now())
     WHERE id = $1`,
    [uploadId, merged.rows, merged.created, merged.changed],
  );
}
