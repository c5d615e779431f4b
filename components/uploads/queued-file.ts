import type { FileFault } from './check-file.ts';

/** Where a chosen file stands. What happens after `sent` is the server's to tell. */
export type TransferStep =
  | { readonly kind: 'checking' }
  /** Found at fault before a byte was sent. */
  | { readonly kind: 'refused'; readonly fault: FileFault }
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'sending';
      readonly sentBytes: number;
      readonly bytesPerSecond: number | null;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'cancelled' }
  /** `uploadId` is null when the new upload could not be found; it is in the history all the same. */
  | { readonly kind: 'sent'; readonly uploadId: number | null };

export interface QueuedFile {
  readonly id: number;
  readonly file: File;
  readonly step: TransferStep;
}

export function isUnderWay({ step }: QueuedFile): boolean {
  return step.kind === 'checking' || step.kind === 'waiting' || step.kind === 'sending';
}

/** Once the last byte is sent the endpoint may have stored the file: too late to take it back. */
export function isCancellable(queued: QueuedFile): boolean {
  const { step, file } = queued;
  return isUnderWay(queued) && !(step.kind === 'sending' && step.sentBytes >= file.size);
}
