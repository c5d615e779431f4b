import { formatCount, formatNumber } from '#components/format.ts';
import type { UploadSummary } from '#lib/contracts/uploads.ts';

/** One sentence about where an upload stands, for people who do not look at the numbers. */
export function describeOutcome(upload: UploadSummary): string {
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
      return rowsAccepted === 0
        ? 'Cancelled before a row was stored.'
        : `Cancelled after ${formatCount(rowsAccepted, 'row')}, which stay stored.`;
  }
}
