import { formatCount, formatNumber } from '#components/format.ts';
import type { UploadResponse, UploadSummary } from '#lib/contracts/uploads.ts';

/** One sentence about where an upload stands, for people who do not look at the numbers. */
export function describeOutcome(upload: UploadSummary): string {
  if (upload.checkOnly) return describeCheck(upload);
  const { state, rowsAccepted, rowsRejected, error } = upload;
  switch (state) {
    case 'received':
    case 'queued':
      return 'Waiting for a worker. Files of one table are processed one after the other.';
    case 'processing':
      return 'A worker is reading and storing the rows.';
    case 'completed':
      return rowsAccepted === 0
        ? 'The file has a header and no rows: nothing has changed.'
        : `${formatCount(rowsAccepted, 'row')} accepted, none rejected.`;
    case 'completed_with_errors':
      return `${formatNumber(rowsAccepted)} of ${formatCount(rowsAccepted + rowsRejected, 'row')} accepted, ${formatNumber(rowsRejected)} rejected.`;
    case 'failed':
      return error?.message ?? 'The file could not be processed.';
    case 'cancelled':
      return describeCancelled(upload);
  }
}

function describeCheck(upload: UploadSummary): string {
  const { state, rowsAccepted, rowsRejected, error } = upload;
  const effect = describeEffect(upload);
  switch (state) {
    case 'received':
    case 'queued':
      return 'Waiting for a worker to check it. Files of one table are processed one after the other.';
    case 'processing':
      return 'A worker is checking the rows. Nothing is stored.';
    case 'completed':
      return rowsAccepted === 0
        ? 'Checked, nothing stored: the file has a header and no rows.'
        : `Checked, nothing stored: ${formatCount(rowsAccepted, 'row')}, all good. ${effect}`;
    case 'completed_with_errors':
      return `Checked, nothing stored: ${formatNumber(rowsRejected)} of ${formatCount(rowsAccepted + rowsRejected, 'row')} would be rejected. ${effect}`;
    case 'failed':
      return error?.message ?? 'The file could not be checked.';
    case 'cancelled':
      return `The check was cancelled${describeReached(upload)}. Nothing was stored.`;
  }
}

function describeEffect({ rowsCreated, rowsChanged, rowsUnchanged }: UploadSummary): string {
  if (rowsCreated + rowsChanged === 0) return 'Storing the file would change nothing.';
  const changes = `create ${formatCount(rowsCreated, 'customer')}`;
  return rowsUnchanged === null
    ? `Storing the file would ${changes} and change ${formatNumber(rowsChanged)}.`
    : `Storing the file would ${changes}, change ${formatNumber(rowsChanged)} and leave ${formatNumber(rowsUnchanged)} as they are.`;
}

function describeCancelled(upload: UploadSummary): string {
  const { rowsAccepted, rowsReached } = upload;
  if (rowsReached === 0) return 'Cancelled before a row was stored.';
  const stored = rowsAccepted === 1 ? '1 row stays' : `${formatNumber(rowsAccepted)} rows stay`;
  return `Cancelled${describeReached(upload)}. ${rowsAccepted === 0 ? 'Nothing was' : stored} stored.`;
}

/** For a place that names the state already; null when there is nothing more to say. */
export function describeCancelledBriefly(upload: UploadSummary): string | null {
  const { checkOnly, rowsAccepted, rowsReached } = upload;
  if (rowsReached === 0) return null;
  return checkOnly || rowsAccepted === 0
    ? `${formatCount(rowsReached, 'row')} read, nothing stored`
    : `${formatNumber(rowsAccepted)} of ${formatCount(rowsReached, 'row')} read were stored`;
}

function describeReached({ rowsReached }: UploadSummary): string {
  return rowsReached === 0 ? '' : ` after ${formatCount(rowsReached, 'row')} had been read`;
}

/** What ending an upload now would do, before somebody decides. */
export function describeCancel(upload: UploadResponse): string {
  const { state, checkOnly, storedAtEnd, rowsReached } = upload;
  if (checkOnly) return 'The check stops at once. Nothing of the file was or will be stored.';
  if (state !== 'processing' && rowsReached === 0) {
    return 'The file leaves the queue. Nothing of it is stored yet.';
  }
  return storedAtEnd
    ? 'The worker stops at once. Nothing of the file is stored yet: it is loaded beside the table, and all its rows come into the table at the end. Those read so far are dropped.'
    : 'The worker stops at once. Rows that it has stored by then stay stored; the rest of the file is left out.';
}
