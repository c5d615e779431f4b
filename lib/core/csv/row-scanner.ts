import { CARRIAGE_RETURN, LINE_FEED } from '../datatypes/ascii.ts';
import { AcceptedRows } from './accepted-rows.ts';
import { CarriedRow } from './carried-row.ts';
import { CleanRowReader } from './clean-row-reader.ts';
import type { KeyFilter } from './key-filter.ts';
import { RejectCounter } from './reject-counter.ts';
import { isPlainText, RowChecker } from './row-checker.ts';
import { RowEndFinder } from './row-end-finder.ts';
import { defaultRowLimits, type RowLimits } from './row-limits.ts';
import type {
  Column,
  Delimiter,
  LineEnd,
  Position,
  Reject,
  RejectCode,
  ScanResult,
  ScanWarning,
} from './types.ts';

export interface RowScannerOptions {
  /** From `bindHeader`. */
  readonly columns: readonly Column[];
  /** From the header. */
  readonly delimiter: Delimiter;
  /**
   * The header's line end, which becomes the one style of everything accepted: rows that end otherwise are
   * rewritten. `null` (a header without one) means `\n`.
   */
  readonly lineEnd: LineEnd | null;
  /** Where the first chunk begins: after the header, or at a checkpoint's `position`. */
  readonly position: Position;
  readonly limits?: RowLimits;
  /** Keeps rows apart whose customer ID it may have seen before. */
  readonly keys?: KeyFilter;
}

/** Text is checked, and the fast lane tried, in windows that stay in the processor's cache. */
const WINDOW_BYTES = 64 * 1024;

/**
 * Scans the rows of a CSV or TSV file, chunk by chunk: validates every cell in place, hands out good rows as
 * slices of the chunk ready for COPY, and rejects the others with their first fault. Holds at most one
 * unfinished row (4 MiB). At a row's end its whole state is `position`, so a scanner built from a stored
 * position goes on exactly where another stopped. Readings: docs/guides/csv-format.md.
 *
 * @example
 * const scanner = new RowScanner({ columns, delimiter, lineEnd, position: { byteOffset: 15, line: 2 } });
 * for await (const chunk of file) store(scanner.scan(chunk), scanner.position);
 * store(scanner.finish(), scanner.position);
 */
export class RowScanner {
  /**
   * Whether rejected rows are described one by one. Otherwise they are only counted, which takes no memory: for when there are
   * more than anybody will look at. Counts from the next row on.
   */
  describesRejects = true;

  readonly #lineEnd: LineEnd;
  readonly #limits: RowLimits;
  readonly #finder: RowEndFinder;
  readonly #checker: RowChecker;
  /** `null` when every row must be rewritten. */
  readonly #cleanRows: CleanRowReader | null;
  readonly #carried: CarriedRow;
  readonly #keys: KeyFilter | null;
  readonly #output = new AcceptedRows();
  readonly #repeats = new AcceptedRows();
  readonly #columns: readonly Column[];
  /** Per column, accepted rows whose epoch looks like milliseconds. */
  readonly #suspectEpochs: Float64Array;
  #byteOffset: number;
  #line: number;
  #acceptedRows = 0;
  #repeatIds: string[] = [];
  #rejects: Reject[] = [];
  /** Rows that were only counted. */
  readonly #counted = new RejectCounter();

  constructor({ columns, delimiter, lineEnd, position, limits, keys }: RowScannerOptions) {
    this.#columns = columns;
    this.#keys = keys ?? null;
    this.#limits = limits ?? defaultRowLimits;
    this.#lineEnd = lineEnd ?? '\n';
    this.#suspectEpochs = new Float64Array(columns.length);
    this.#finder = new RowEndFinder(delimiter);
    this.#checker = new RowChecker({ columns, delimiter, limits: this.#limits });
    this.#cleanRows = columns.some(({ kind }) => kind === 'ignored')
      ? null
      : new CleanRowReader({
          columns,
          delimiter,
          lineEnd: this.#lineEnd,
          limits: this.#limits,
          suspectEpochs: this.#suspectEpochs,
          keys: this.#keys,
        });
    this.#carried = new CarriedRow(this.#limits.rowBytes + '\r\n'.length);
    this.#byteOffset = position.byteOffset;
    this.#line = position.line;
  }

  /** The first byte that is not yet part of a finished row: what a checkpoint stores. */
  get position(): Position {
    return { byteOffset: this.#byteOffset, line: this.#line };
  }

  /** Accepted rows worth a word, counted since this scanner was made. */
  get warnings(): readonly ScanWarning[] {
    return this.#columns
      .map(({ name }, index) => ({
        column: name,
        code: 'epoch-looks-like-milliseconds' as const,
        rows: this.#suspectEpochs[index] ?? 0,
      }))
      .filter(({ rows }) => rows > 0);
  }

  /** Reads the file's next bytes. An unfinished row at their end is kept for the next call. */
  scan(chunk: Buffer): ScanResult {
    let at = 0;
    if (!this.#carried.isEmpty) {
      at = this.#finder.find(chunk, 0, chunk.length);
      if (at < 0) {
        this.#carried.append(chunk);
        return this.#takeResult();
      }
      this.#carried.append(chunk.subarray(0, at));
      this.#takeCarriedRow();
    }
    at = this.#scanRows(chunk, at);
    if (at < chunk.length) this.#carried.append(chunk.subarray(at));
    return this.#takeResult();
  }

  /** Tells that the file has ended: the last row needs no line end. */
  finish(): ScanResult {
    if (this.#carried.isEmpty) return this.#takeResult();
    if (this.#finder.isInQuotes) this.#rejectOpenRow();
    else this.#takeCarriedRow();
    return this.#takeResult();
  }

  /** @returns where the unfinished row at the end begins; the finder has read it already. */
  #scanRows(chunk: Buffer, start: number): number {
    let at = start;
    let windowEnd = start;
    let isClean = false;
    while (at < chunk.length) {
      if (this.#cleanRows !== null && at >= windowEnd) {
        windowEnd = endOfLastLine(chunk, at, Math.min(chunk.length, at + WINDOW_BYTES));
        isClean = windowEnd > at && isPlainText(chunk.subarray(at, windowEnd));
      }
      if (this.#cleanRows !== null && isClean) {
        at = this.#passCleanRows(this.#cleanRows, chunk, at, windowEnd);
        if (at >= windowEnd) continue;
      }
      this.#finder.reset();
      const end = this.#finder.find(chunk, at, chunk.length);
      if (end < 0) return at;
      this.#takeRow(chunk, at, end);
      at = end;
    }
    return at;
  }

  #passCleanRows(reader: CleanRowReader, chunk: Buffer, start: number, limit: number): number {
    const end = reader.read(chunk, start, limit);
    if (end === start) return start;
    this.#output.forward(chunk, start, end);
    this.#acceptedRows += reader.rows;
    this.#line += reader.lineBreaks;
    this.#byteOffset += end - start;
    return end;
  }

  /** Takes one whole row that needs a careful look, line end included; skips it when it is empty. */
  #takeRow(bytes: Buffer, start: number, end: number): void {
    const contentEnd = endOfContent(bytes, start, end);
    if (contentEnd > start) {
      const code = this.#checker.check(bytes, start, contentEnd);
      if (code !== null) this.#reject(code, bytes, start, contentEnd);
      else this.#accept(bytes, start, { end, contentEnd });
    }
    this.#byteOffset += end - start;
    this.#line += this.#finder.lineBreaks;
  }

  #accept(
    bytes: Buffer,
    start: number,
    { end, contentEnd }: { end: number; contentEnd: number },
  ): void {
    const lineEnd = this.#lineEnd;
    const hasLineEnd =
      end - contentEnd === lineEnd.length && bytes[contentEnd] === lineEnd.charCodeAt(0);
    const isRepeat = this.#keys !== null && !this.#checker.addKey(this.#keys);
    const output = isRepeat ? this.#repeats : this.#output;
    if (hasLineEnd && !this.#checker.needsRewrite) output.forward(bytes, start, end);
    else this.#checker.rewrite(output, lineEnd);
    if (isRepeat) this.#repeatIds.push(this.#checker.customerId);
    else this.#acceptedRows++;
    for (const column of this.#checker.suspectEpochs) {
      this.#suspectEpochs[column] = (this.#suspectEpochs[column] ?? 0) + 1;
    }
  }

  #reject(code: RejectCode, bytes: Buffer, start: number, end: number): void {
    if (this.describesRejects) this.#rejects.push(this.#describe(code, bytes.subarray(start, end)));
    else this.#counted.add(code, this.#checker.faultColumn);
  }

  #describe(code: RejectCode, raw: Buffer): Reject {
    const { rowBytes } = this.#limits;
    return {
      line: this.#line,
      byteOffset: this.#byteOffset,
      column: this.#checker.faultColumn,
      code,
      value: this.#checker.faultValue,
      raw: raw.length > rowBytes ? raw.subarray(0, rowBytes) : raw,
    };
  }

  #takeCarriedRow(): void {
    const byteLength = this.#carried.byteLength;
    const row = this.#carried.take();
    if (row.length === byteLength) {
      this.#takeRow(row, 0, row.length);
      return;
    }
    this.#reject(this.#checker.refuseLength(), row, 0, row.length);
    this.#byteOffset += byteLength;
    this.#line += this.#finder.lineBreaks;
  }

  /** The file ended inside quotes: nobody can say where its last row should have ended. */
  #rejectOpenRow(): void {
    const byteLength = this.#carried.byteLength;
    const row = this.#carried.take();
    const code = this.#checker.checkOpen(row);
    const quoteLine = this.#line + this.#finder.lineBreaksBeforeQuote;
    if (this.describesRejects) this.#rejects.push({ ...this.#describe(code, row), quoteLine });
    else this.#counted.add(code, this.#checker.faultColumn);
    this.#byteOffset += byteLength;
    this.#line += this.#finder.lineBreaks;
  }

  #takeResult(): ScanResult {
    const rejectGroups = this.#counted.take();
    const result = {
      accepted: this.#output.take(),
      acceptedRows: this.#acceptedRows,
      repeats: this.#repeats.take(),
      repeatRows: this.#repeatIds.length,
      repeatIds: this.#repeatIds,
      rejectedRows: rejectGroups.reduce((sum, { rows }) => sum + rows, this.#rejects.length),
      rejects: this.#rejects,
      rejectGroups,
    };
    this.#acceptedRows = 0;
    this.#repeatIds = [];
    this.#rejects = [];
    return result;
  }
}

/** After the last line break in `bytes[start..end)`, or `start`; a CR counts when the byte after it is there. */
function endOfLastLine(bytes: Buffer, start: number, end: number): number {
  const window = bytes.subarray(start, end);
  const lineFeed = window.lastIndexOf(LINE_FEED);
  const carriageReturn = window.subarray(lineFeed + 1).lastIndexOf(CARRIAGE_RETURN);
  if (carriageReturn < 0) return start + lineFeed + 1;
  const afterReturn = start + lineFeed + 1 + carriageReturn + 1;
  return afterReturn < bytes.length ? afterReturn : start + lineFeed + 1;
}

function endOfContent(bytes: Buffer, start: number, end: number): number {
  if (end === start) return end;
  if (bytes[end - 1] === CARRIAGE_RETURN) return end - 1;
  if (bytes[end - 1] !== LINE_FEED) return end;
  return end - 2 >= start && bytes[end - 2] === CARRIAGE_RETURN ? end - 2 : end - 1;
}
