import { CARRIAGE_RETURN, LINE_FEED } from '../datatypes/ascii.ts';
import { CarriedRow } from './carried-row.ts';
import type { CustomerMatch } from './customer-match.ts';
import { RowEndFinder } from './row-end-finder.ts';
import { defaultRowLimits } from './row-limits.ts';
import type { Delimiter, Position } from './types.ts';

export interface CustomerRowFinderOptions {
  readonly match: CustomerMatch;
  readonly delimiter: Delimiter;
  /** Where the first chunk begins: after the header. */
  readonly position: Position;
  /** One of these is in every row that names the customer; left out, every row is looked at. */
  readonly needles?: readonly Buffer[];
  /** Longest row that is held, in bytes. */
  readonly rowBytes?: number;
}

/** A row that names a customer. */
export interface CustomerRow {
  /** 1-based line on which it starts. */
  readonly line: number;
  /** Bytes from the start of the (decompressed) file. */
  readonly byteOffset: number;
  /** Without its line end; `null` when it cannot be told where the row ends and the next one's begins. */
  readonly raw: Buffer | null;
}

/**
 * Finds the rows of a CSV file that name a customer, whether or not they would be accepted, chunk by chunk. Rows
 * end where `RowScanner` says. A row that is too long to be held counts: nobody can say that it does not.
 *
 * @example
 * const finder = new CustomerRowFinder({ match, delimiter: ',', position: { byteOffset: 11, line: 2 } });
 * for await (const chunk of file) show(finder.scan(chunk));
 * show(finder.finish());
 */
export class CustomerRowFinder {
  readonly #match: CustomerMatch;
  readonly #needles: readonly Buffer[] | null;
  readonly #rowBytes: number;
  readonly #ends: RowEndFinder;
  readonly #carried: CarriedRow;
  #byteOffset: number;
  #line: number;
  #found: CustomerRow[] = [];

  constructor({ match, delimiter, position, needles, rowBytes }: CustomerRowFinderOptions) {
    this.#match = match;
    this.#needles = needles ?? null;
    this.#rowBytes = rowBytes ?? defaultRowLimits.rowBytes;
    this.#ends = new RowEndFinder(delimiter);
    this.#carried = new CarriedRow(this.#rowBytes);
    this.#byteOffset = position.byteOffset;
    this.#line = position.line;
  }

  /** Reads the file's next bytes; an unfinished row at their end is kept for the next call. */
  scan(chunk: Buffer): readonly CustomerRow[] {
    let at = 0;
    if (!this.#carried.isEmpty) {
      at = this.#ends.find(chunk, 0, chunk.length);
      this.#carried.append(at < 0 ? chunk : chunk.subarray(0, at));
      if (at < 0) return [];
      this.#takeCarried(true);
    }
    let next = this.#nextNeedle(chunk, at);
    while (at < chunk.length) {
      this.#ends.reset();
      const end = this.#ends.find(chunk, at, chunk.length);
      if (end < 0) {
        this.#carried.append(chunk.subarray(at));
        break;
      }
      if (next < end) {
        this.#judge(chunk.subarray(at, end), true);
        next = this.#nextNeedle(chunk, end);
      }
      this.#byteOffset += end - at;
      this.#line += this.#ends.lineBreaks;
      at = end;
    }
    return this.#take();
  }

  /** Tells that the file has ended. */
  finish(): readonly CustomerRow[] {
    if (!this.#carried.isEmpty) this.#takeCarried(!this.#ends.isInQuotes);
    return this.#take();
  }

  #takeCarried(isClosed: boolean): void {
    const { byteLength } = this.#carried;
    const row = this.#carried.take();
    if (byteLength > row.length) this.#found.push(this.#at(null));
    else if (this.#nextNeedle(row, 0) < row.length) this.#judge(row, isClosed);
    this.#byteOffset += byteLength;
    this.#line += this.#ends.lineBreaks;
  }

  #judge(bytes: Buffer, isClosed: boolean): void {
    const row = withoutLineEnd(bytes);
    if (!this.#match.names(row)) return;
    const isOne = isClosed && (this.#match.isReadable || !hasLineBreak(row));
    this.#found.push(this.#at(isOne ? Buffer.from(row) : null));
  }

  #at(raw: Buffer | null): CustomerRow {
    return { line: this.#line, byteOffset: this.#byteOffset, raw };
  }

  /** Where the next of the needles is; the end when there is none. */
  #nextNeedle(bytes: Buffer, from: number): number {
    if (this.#needles === null) return from;
    let next = bytes.length;
    for (const needle of this.#needles) {
      const at = bytes.indexOf(needle, from);
      if (at >= 0 && at < next) next = at;
    }
    return next;
  }

  #take(): readonly CustomerRow[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

function withoutLineEnd(row: Buffer): Buffer {
  let end = row.length;
  if (end > 0 && row[end - 1] === LINE_FEED) end--;
  if (end > 0 && row[end - 1] === CARRIAGE_RETURN) end--;
  return row.subarray(0, end);
}

function hasLineBreak(row: Buffer): boolean {
  return row.includes(LINE_FEED) || row.includes(CARRIAGE_RETURN);
}
