import type { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { RowScanner } from '#lib/core/csv/row-scanner.ts';
import type { Position, ScanResult, ScanWarning } from '#lib/core/csv/types.ts';
import { isBefore, type Plan } from './checkpoint.ts';
import type { StoredFile } from './stored-file.ts';

export interface RowReaderOptions {
  readonly file: StoredFile;
  readonly plan: Plan;
  /** Where to begin: after the header, or at a checkpoint. */
  readonly start: Position;
  /** Bytes that are scanned at once: the file is cut at multiples of it, wherever reading began. */
  readonly chunkBytes: number;
  /** Keeps rows apart whose customer may have been there before. */
  readonly keys: KeyFilter;
  /** Ends the wait for bytes that do not come. */
  readonly signal: AbortSignal;
}

/** Reads a file's rows from a position on, chunk by chunk. */
export class RowReader {
  readonly #options: RowReaderOptions;
  readonly #chunks: AsyncGenerator<Buffer, undefined>;
  #scanner: RowScanner;
  /** Bytes that were read and not scanned yet. */
  #rest: Buffer = Buffer.alloc(0);
  /** Offset of the first byte of `#rest`. */
  #offset: number;
  #earlierWarnings: readonly ScanWarning[] = [];

  constructor(options: RowReaderOptions) {
    this.#options = options;
    this.#chunks = options.file.read(options.start.byteOffset, options.signal);
    this.#offset = options.start.byteOffset;
    this.#scanner = this.#createScanner(options.start);
  }

  /** Whether rejected rows are given one by one, or only counted: until it is told otherwise, or begins anew. */
  set describesRejects(value: boolean) {
    this.#scanner.describesRejects = value;
  }

  /** The first byte that is not part of a row that was given. */
  get position(): Position {
    return this.#scanner.position;
  }

  /**
   * Whether a batch may end here: only where the file is cut, so that batches are the same however often
   * somebody else had to go on.
   */
  get isAtCut(): boolean {
    return this.#offset % this.#options.chunkBytes === 0;
  }

  /** Scans the next chunk; `null` at the end of the file. */
  async next(): Promise<ScanResult | null> {
    if (this.#rest.length === 0 && !(await this.#read())) {
      const last = this.#scanner.finish();
      return isEmpty(last) ? null : last;
    }
    return this.#scan(this.#options.chunkBytes);
  }

  /**
   * As `next`, up to a position where an earlier reader stopped; `null` there. The rows are the same, however
   * the file is cut into chunks.
   */
  async nextUntil(end: Position): Promise<ScanResult | null> {
    const left = end.byteOffset - this.#offset;
    if (left > 0 && (this.#rest.length > 0 || (await this.#read()))) {
      return this.#scan(Math.min(left, this.#options.chunkBytes));
    }
    const result = this.#scanner.finish();
    if (isBefore(this.position, end) || isBefore(end, this.position)) {
      throw new Error(`A row ends at byte ${this.position.byteOffset}, not ${end.byteOffset}.`);
    }
    return isEmpty(result) ? null : result;
  }

  /** Warnings since the last call, or since `restart`. */
  takeWarnings(): readonly ScanWarning[] {
    const earlier = new Map(this.#earlierWarnings.map(({ column, rows }) => [column, rows]));
    this.#earlierWarnings = this.#scanner.warnings;
    return this.#earlierWarnings
      .map((warning) => ({ ...warning, rows: warning.rows - (earlier.get(warning.column) ?? 0) }))
      .filter(({ rows }) => rows > 0);
  }

  /** Begins anew at the position reached, as a worker does that takes over there. */
  restart(): void {
    this.#scanner = this.#createScanner(this.position);
    this.#earlierWarnings = [];
  }

  /** Stops reading. */
  async close(): Promise<void> {
    await this.#chunks.return(undefined);
  }

  #scan(bytes: number): ScanResult {
    const { chunkBytes } = this.#options;
    const toCut = chunkBytes - (this.#offset % chunkBytes);
    const chunk = this.#rest.subarray(0, Math.min(bytes, toCut));
    this.#rest = this.#rest.subarray(chunk.length);
    this.#offset += chunk.length;
    return this.#scanner.scan(chunk);
  }

  async #read(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }

  #createScanner(position: Position): RowScanner {
    const { plan, keys } = this.#options;
    const { columns, delimiter, lineEnd } = plan;
    return new RowScanner({ columns, delimiter, lineEnd, position, keys });
  }
}

function isEmpty({ acceptedRows, repeatRows, rejectedRows }: ScanResult): boolean {
  return acceptedRows + repeatRows + rejectedRows === 0;
}
