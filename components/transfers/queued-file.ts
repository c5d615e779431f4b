import type { FileFault } from '#components/uploads/check-file.ts';

/** Where a chosen file stands. What happens after `sent` is the server's to tell. */
export type TransferStep =
  | { readonly kind: 'checking' }
  /** Found at fault before a byte was sent. */
  | { readonly kind: 'refused'; readonly fault: FileFault }
  | { readonly kind: 'waiting' }
  | SendingStep
  | { readonly kind: 'paused' }
  /** The page was closed meanwhile, or the file went away: the file itself is needed to go on. */
  | { readonly kind: 'interrupted'; readonly problem: string | null }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'cancelled' }
  /** `uploadId` is null when the new upload could not be found; it is in the history all the same. */
  | { readonly kind: 'sent'; readonly uploadId: number | null };

export interface SendingStep {
  readonly kind: 'sending';
  readonly sentBytes: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** Why nothing gets through at the moment; it is tried again by itself. */
  readonly trouble: string | null;
}

export interface QueuedFile {
  readonly id: string;
  /** Milliseconds since 1970; the order of the list. */
  readonly addedAt: number;
  readonly tableId: number;
  readonly tableName: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** Nothing of it is to be stored. */
  readonly checkOnly: boolean;
  /** null after a reload, until it is chosen again. */
  readonly file: File | null;
  /** With it the browser can open the file again by itself, or after asking. */
  readonly handle: FileSystemFileHandle | null;
  /** null until the file was checked. */
  readonly fingerprint: string | null;
  /** The multipart upload at the S3 endpoint; null until it was begun. */
  readonly transferId: string | null;
  /** Bytes that are at the S3 endpoint and stay there, whatever happens here. */
  readonly arrivedBytes: number;
  readonly step: TransferStep;
}

export function isUnderWay({ step }: QueuedFile): boolean {
  return step.kind === 'checking' || step.kind === 'waiting' || step.kind === 'sending';
}

/** Begun, or about to, and not come to an end. */
export function isUnfinished(file: QueuedFile): boolean {
  return isUnderWay(file) || isStopped(file);
}

/** Goes on once somebody wants it to. */
export function isStopped({ step }: QueuedFile): boolean {
  return step.kind === 'paused' || step.kind === 'interrupted' || step.kind === 'broken';
}

export function isPausable(file: QueuedFile): boolean {
  const { kind } = file.step;
  return kind === 'waiting' || (kind === 'sending' && !isBeingCompleted(file));
}

/** Once all parts are there the endpoint may have made them a file: too late to take it back. */
export function isCancellable(file: QueuedFile): boolean {
  return isUnfinished(file) && !isBeingCompleted(file);
}

function isBeingCompleted({ step, arrivedBytes, sizeBytes }: QueuedFile): boolean {
  return step.kind === 'sending' && arrivedBytes >= sizeBytes;
}
