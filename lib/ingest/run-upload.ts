import { BlobStoreFullError } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { isUnreachable, sqlState } from '#lib/store/postgres-error.ts';
import { removeRemains } from '#lib/store/sweep.ts';
import { ClaimLostError, type ClaimedUpload } from '#lib/store/upload-claim.ts';
import { finishUpload, requeueUpload, settleUpload } from '#lib/store/upload-ledger.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { ingestUpload, type IngestContext } from './ingest-upload.ts';
import { asUploadFailure, type FailureReport } from './upload-failure.ts';

/** What became of a claimed upload. */
export type RunOutcome =
  | { readonly kind: 'completed' }
  /** The report may quote the file; the cause, if there is one, does not. */
  | { readonly kind: 'failed'; readonly report: FailureReport; readonly cause: unknown }
  /** Cancelled, removed, taken over, or this worker is stopping. */
  | { readonly kind: 'stopped' }
  /** Still to be done, after a pause. */
  | { readonly kind: 'retry'; readonly cause: unknown };

/** Mishaps without any progress in between after which an upload is given up. */
const mostFailures = 5;

/** Loads a claimed upload and sees to whatever may go wrong. The caller holds the table's lock. */
export async function runUpload(
  context: IngestContext,
  claim: ClaimedUpload,
  signal: AbortSignal,
): Promise<RunOutcome> {
  try {
    await ingestUpload(context, claim, signal);
    return { kind: 'completed' };
  } catch (error) {
    try {
      const isStopping = signal.aborted && !(signal.reason instanceof ClaimLostError);
      const reason: unknown = signal.aborted ? signal.reason : error;
      return await conclude(context, claim, { error: reason, isStopping });
    } catch (later) {
      if (later instanceof ClaimLostError) return stopped(context, claim);
      return { kind: 'retry', cause: error };
    }
  }
}

async function conclude(
  context: IngestContext,
  claim: ClaimedUpload,
  { error, isStopping }: { readonly error: unknown; readonly isStopping: boolean },
): Promise<RunOutcome> {
  if (isStopping) return { kind: 'stopped' };
  if (error instanceof ClaimLostError) return stopped(context, claim);
  const failure = asUploadFailure(error);
  // Its own message may quote a header that is no header but a customer's row: not for the log.
  if (failure) return fail(context, claim, { report: failure.report, cause: failure.cause });
  // The upload is as it was; whoever comes next goes on.
  if (isUnreachable(error)) return { kind: 'retry', cause: error };

  const { checkpoint: stored } = await getDb().upload.findUniqueOrThrow({
    where: { id: claim.uploadId },
    select: { checkpoint: true },
  });
  const checkpoint = parseCheckpoint(stored);
  const failures = checkpoint.failures + 1;
  if (failures >= mostFailures) {
    return fail(context, claim, { report: describeMishap(error), cause: error });
  }
  await requeueUpload(context.pool, claim, { ...checkpoint, failures });
  return { kind: 'retry', cause: error };
}

async function fail(
  { pool }: IngestContext,
  claim: ClaimedUpload,
  { report, cause }: { readonly report: FailureReport; readonly cause: unknown },
): Promise<RunOutcome> {
  await finishUpload(pool, claim, { state: 'failed', error: { ...report } });
  // The outcome stands; what is left behind, the next sweep removes.
  await removeRemains(pool, claim.uploadId).catch(() => undefined);
  return { kind: 'failed', report, cause };
}

/** Closes the books of a cancelled upload; one that was taken over is left alone. */
async function stopped({ pool }: IngestContext, claim: ClaimedUpload): Promise<RunOutcome> {
  const upload = await getDb().upload.findUnique({
    where: { id: claim.uploadId },
    select: { attempt: true },
  });
  if (upload === null || upload.attempt === claim.attempt) {
    await settleUpload(pool, claim.uploadId);
    await removeRemains(pool, claim.uploadId).catch(() => undefined);
  }
  return { kind: 'stopped' };
}

function describeMishap(error: unknown): FailureReport {
  const isFull = error instanceof BlobStoreFullError || sqlState(error) === '53100';
  return {
    code: isFull ? 'no-room-left' : 'repeated-mishap',
    message: isFull
      ? 'There is no room left on the disk to load the file.'
      : `Loading the file went wrong ${mostFailures} times in a row.`,
    hint: isFull
      ? 'Make room, then retry the upload. Rows that the counts show as stored stay stored.'
      : 'The log of the worker tells what happened. Retry the upload once that is mended.',
  };
}
