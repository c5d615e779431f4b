import type { ScanResult } from '#lib/core/csv/types.ts';

/** Takes the good rows of one batch. Ends in exactly one of `finish` and `discard`. */
export interface RowSink {
  /** Resolves when more rows may come. */
  take(rows: Omit<ScanResult, 'rejects'>): Promise<void>;
  /** Keeps the rows. */
  finish(): Promise<void>;
  /** Forgets them. Harmless after `finish`, so that it fits a `finally`. */
  discard(): void;
}
