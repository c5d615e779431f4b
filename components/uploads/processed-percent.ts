import type { UploadSummary } from '#lib/contracts/uploads.ts';

/** How much of the work is done, 0 to 100; a file's bytes count as done bit by bit, read first, then stored. */
export function processedPercent({ bytesRead, sizeBytes }: UploadSummary): number {
  if (sizeBytes === 0) return 100;
  return Math.min(100, (bytesRead / sizeBytes) * 100);
}
