import type { Connection, Pool } from './pool.ts';
import { closeGate, passGate } from './table-gate.ts';
import { inTransaction, type TransactionOptions } from './transaction.ts';

/** A worker's right to write on behalf of an upload, until another worker takes over. */
export interface Claim {
  readonly uploadId: number;
  readonly tableId: number;
  /** Grows with every claim of the upload: an older claim is void. */
  readonly attempt: number;
}

export interface ClaimedUpload extends Claim {
  /** When the upload was claimed for the first time. */
  readonly startedAt: Date;
}

/** The upload is no longer this worker's: stop, and write nothing more. */
export class ClaimLostError extends Error {
  constructor(uploadId: number) {
    super(`Upload ${uploadId} was cancelled, removed or taken over.`);
    this.name = 'ClaimLostError';
  }
}

/** States of an upload that still has work before it. */
export const openStates = ['received', 'queued', 'processing'] as const;

/**
 * Makes an upload this worker's, `null` when nothing is left to do for it. The caller holds the table's
 * lock; merges of a worker that lost it are waited for, and void from then on.
 */
export async function claimUpload(
  pool: Pool,
  { uploadId, tableId }: Pick<Claim, 'uploadId' | 'tableId'>,
): Promise<ClaimedUpload | null> {
  return inTransaction(pool, async (connection) => {
    await closeGate(connection, tableId);
    const { rows } = await connection.query<{ attempt: number; startedAt: Date }>(
      `UPDATE "Upload"
       SET attempt = attempt + 1, state = 'processing', "startedAt" = COALESCE("startedAt", now())
       WHERE id = $1 AND state = ANY($2) RETURNING attempt, "startedAt"`,
      [uploadId, openStates],
    );
    const [row] = rows;
    return row ? { uploadId, tableId, attempt: row.attempt, startedAt: row.startedAt } : null;
  });
}

/**
 * Runs `work` in a transaction that no other worker can get between: while it runs, nobody else claims the
 * upload, and it does not run at all once somebody did.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function withClaim<Result>(
  pool: Pool,
  claim: Claim,
  work: (connection: Connection) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  return inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      return work(connection);
    },
    options,
  );
}

/** As `withClaim`, inside a transaction. */
export async function holdClaim(connection: Connection, claim: Claim): Promise<void> {
  await passGate(connection, claim.tableId);
  await requireClaim(connection, claim, '');
}

/**
 * As `holdClaim`, and the upload is not cancelled meanwhile either: a cancel under way is waited for, a later one waits.
 * For short transactions that change the upload itself.
 *
 * @throws {ClaimLostError} when the upload is no longer the claim's.
 */
export async function lockClaim(connection: Connection, claim: Claim): Promise<void> {
  await passGate(connection, claim.tableId);
  await requireClaim(connection, claim, 'FOR NO KEY UPDATE');
}

async function requireClaim(
  connection: Connection,
  { uploadId, attempt }: Claim,
  lock: '' | 'FOR NO KEY UPDATE',
): Promise<void> {
  const { rowCount } = await connection.query(
    `SELECT FROM "Upload" WHERE id = $1 AND attempt = $2 AND state = 'processing' ${lock}`,
    [uploadId, attempt],
  );
  if (rowCount !== 1) throw new ClaimLostError(uploadId);
}
