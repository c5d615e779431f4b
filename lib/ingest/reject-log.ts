import type { BlobStore } from '#lib/blob/blob-store.ts';
import type { RejectGroup, ScanResult } from '#lib/core/csv/types.ts';
import type { RejectCount, RejectSegment } from '#lib/store/upload-ledger.ts';
import { encodeReject } from './reject-record.ts';

export interface RejectLogOptions {
  readonly blobs: BlobStore;
  /** Rejects of the upload that were kept before this batch. */
  readonly keptBefore: number;
  /** What may still be kept. */
  readonly rowsLeft: number;
  readonly bytesLeft: number;
}

/** A segment ends with the row that brings it to either of these; a reader holds one in memory. */
const segmentRows = 5_000;
const segmentBytes = 4 * 1024 * 1024;

/** The rejected rows of one batch: counted all, kept in the blob store up to a limit. */
export class RejectLog {
  /** Rejected rows, kept or not. */
  total = 0;
  readonly #options: RejectLogOptions;
  readonly #counts = new Map<string, RejectCount>();
  readonly #segments: RejectSegment[] = [];
  #lines: string[] = [];
  #lineBytes = 0;
  #keptRows = 0;
  #keptBytes = 0;

  constructor(options: RejectLogOptions) {
    this.#options = options;
  }

  get counts(): readonly RejectCount[] {
    return [...this.#counts.values()];
  }

  get segments(): readonly RejectSegment[] {
    return this.#segments;
  }

  get keptRows(): number {
    return this.#keptRows;
  }

  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Whether any more rows are kept. */
  get hasRoom(): boolean {
    return this.#keptRows < this.#options.rowsLeft && this.#keptBytes < this.#options.bytesLeft;
  }

  /** Takes what a scan rejected; the rows' memory may be used again once this resolves. */
  async add({
    rejects,
    rejectGroups,
  }: Pick<ScanResult, 'rejects' | 'rejectGroups'>): Promise<void> {
    for (const group of rejectGroups) this.#count(group);
    for (const reject of rejects) {
      const { code, column } = reject;
      this.#count({ code, column, rows: 1 });
      if (!this.hasRoom) continue;
      this.#keep(encodeReject(reject));
      if (this.#lines.length >= segmentRows || this.#lineBytes >= segmentBytes) {
        await this.#writeSegment();
      }
    }
  }

  /** Writes what is still in memory. */
  async finish(): Promise<void> {
    if (this.#lines.length > 0) await this.#writeSegment();
  }

  /** Removes what was written; for a batch that does not come to be recorded. */
  async discard(): Promise<void> {
    await this.#options.blobs.remove(this.#segments.map(({ blobName }) => blobName));
  }

  #count({ code, column, rows }: RejectGroup): void {
    this.total += rows;
    const key = `${code} ${column ?? ''}`;
    const count = (this.#counts.get(key)?.count ?? 0) + rows;
    this.#counts.set(key, { code, column: column ?? '', count });
  }

  #keep(line: string): void {
    this.#lines.push(line);
    this.#lineBytes += line.length;
    this.#keptRows += 1;
    this.#keptBytes += line.length;
  }

  async #writeSegment(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    this.#lineBytes = 0;
    const writer = await this.#options.blobs.create();
    try {
      await writer.write(Buffer.from(lines.join('')));
      const { name, size } = await writer.publish();
      this.#segments.push({
        firstRow: this.#options.keptBefore + this.#keptRows - lines.length,
        rows: lines.length,
        blobName: name,
        sizeBytes: size,
      });
    } finally {
      await writer.discard();
    }
  }
}
