import type { UploadSummary } from '#lib/contracts/uploads.ts';
import { describeOutcome } from './outcome.ts';
import { processedPercent } from './processed-percent.ts';

// Texts of polite live regions: they change at every tenth of the way, and no more often.

/** @example announceTenth('customers.csv, transfer', 37) // 'customers.csv, transfer: 30 %' */
export function announceTenth(subject: string, percent: number): string {
  const tenth = Math.floor(percent / 10) * 10;
  return tenth === 0 ? '' : `${subject}: ${tenth} %`;
}

export function announceUpload(upload: UploadSummary): string {
  return upload.state === 'processing'
    ? announceTenth(`${upload.fileName}, processing`, processedPercent(upload))
    : `${upload.fileName}: ${describeOutcome(upload)}`;
}
