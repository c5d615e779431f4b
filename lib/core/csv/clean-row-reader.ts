import { BACKSLASH, CARRIAGE_RETURN, LINE_FEED, QUOTE, SPACE, ZERO } from '../datatypes/ascii.ts';
import {
  endOfBool,
  endOfDate,
  endOfDatetime,
  endOfDouble,
  endOfEpoch,
  endOfLong,
} from '../datatypes/end-of-value.ts';
import { MAX_CUSTOMER_ID_BYTES } from '../datatypes/limits.ts';
import type { KeyFilter } from './key-filter.ts';
import type { RowLimits } from './row-limits.ts';
import type { Column, Delimiter, LineEnd } from './types.ts';

const CUSTOMER_ID = 0;
const STRING = 1;
const BOOL = 2;
const LONG = 3;
const DOUBLE = 4;
const DATE = 5;
const DATETIME = 6;
const EPOCH = 7;

const kindOfType = {
  string: STRING,
  bool: BOOL,
  long: LONG,
  double: DOUBLE,
  date: DATE,
  datetime: DATETIME,
  epoch: EPOCH,
} as const;

/** Digits of the largest epoch that does not look like milliseconds, 99,999,999,999. */
const PLAUSIBLE_EPOCH_DIGITS = 11;

export interface CleanRowReaderOptions {
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
  readonly lineEnd: LineEnd;
  readonly limits: RowLimits;
  /** Per column, accepted rows whose epoch looks like milliseconds: counted up here. */
  readonly suspectEpochs: Float64Array;
  /** Rows with an ID that it does not call new are not passed. */
  readonly keys: KeyFilter | null;
}

/**
 * The fast lane: how far is everything as it should be? Reads row after row in one pass over the bytes, each
 * cell by its column's datatype, and stops before the first row with anything unusual: a fault, a blank to
 * trim, another line end, a size near a limit, a customer seen before. What it passes, `RowChecker` would
 * accept unchanged; what it does not, `RowChecker` judges.
 */
export class CleanRowReader {
  /** After `read`: rows passed. */
  rows = 0;
  /** After `read`: line breaks in them. */
  lineBreaks = 0;

  readonly #kinds: Uint8Array;
  readonly #separator: number;
  readonly #lineEnd: LineEnd;
  readonly #rowBytes: number;
  readonly #suspectEpochs: Float64Array;
  readonly #keys: KeyFilter | null;
  /** Columns of the row being read whose epoch looks like milliseconds. */
  readonly #suspects: Int32Array;

  constructor(options: CleanRowReaderOptions) {
    const { columns, delimiter, lineEnd, limits, suspectEpochs, keys } = options;
    this.#suspectEpochs = suspectEpochs;
    this.#keys = keys;
    this.#suspects = new Int32Array(columns.length);
    this.#kinds = Uint8Array.from(columns, (column) =>
      column.kind === 'attribute' ? kindOfType[column.type] : CUSTOMER_ID,
    );
    this.#separator = delimiter.charCodeAt(0);
    this.#lineEnd = lineEnd;
    // A row within the limit of a cell has no cell above it.
    this.#rowBytes = Math.min(limits.cellBytes, limits.rowBytes);
  }

  /**
   * @param bytes UTF-8 without NUL between `start` and `limit`.
   * @param start where a row begins.
   * @param limit where to stop; `bytes[limit - 1]` is a line feed or carriage return, so that every loop over
   *   unquoted bytes ends there, and `bytes[limit]` exists if it is a carriage return.
   * @returns where the first row begins that was not passed, or `limit` (one more when that splits a CRLF).
   */
  read(bytes: Buffer, start: number, limit: number): number {
    const kinds = this.#kinds;
    const separator = this.#separator;
    const lastStop = Math.max(separator, CARRIAGE_RETURN);
    const lastColumn = kinds.length - 1;
    const rowBytes = this.#rowBytes;
    const endsInReturn = this.#lineEnd !== '\n';
    const isCrlf = this.#lineEnd === '\r\n';
    const suspects = this.#suspects;
    const keys = this.#keys;
    let keyStart = 0;
    let keyEnd = 0;
    let rows = 0;
    let lineBreaks = 0;

    let rowStart = start;
    row: while (rowStart < limit) {
      let at = rowStart;
      let column = 0;
      let rowBreaks = 1;
      let suspectCount = 0;
      for (;;) {
        const isQuoted = bytes[at] === QUOTE;
        const from = isQuoted ? at + 1 : at;
        const kind = kinds[column];
        let end: number;
        switch (kind) {
          case BOOL:
            end = endOfBool(bytes, from);
            break;
          case LONG:
            end = endOfLong(bytes, from);
            break;
          case DOUBLE:
            end = endOfDouble(bytes, from);
            break;
          case DATE:
            end = endOfDate(bytes, from);
            break;
          case DATETIME:
            end = endOfDatetime(bytes, from);
            break;
          case EPOCH:
            end = endOfEpoch(bytes, from);
            if (end - from > PLAUSIBLE_EPOCH_DIGITS) {
              if (bytes[from] === ZERO) break row;
              suspects[suspectCount++] = column;
            }
            break;
          default: {
            end = from;
            if (isQuoted) {
              // Ends at the closing mark; `bytes[limit - 1]` makes a quote that stays open stop here.
              for (;;) {
                const byte = bytes[end] ?? LINE_FEED;
                if (byte > QUOTE) {
                  end++;
                } else if (byte === QUOTE) {
                  if (bytes[end + 1] !== QUOTE) break;
                  end += 2;
                } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
                  if (end >= limit - 1) break row;
                  if (byte === LINE_FEED || bytes[end + 1] !== LINE_FEED) rowBreaks++;
                  end++;
                } else {
                  end++;
                }
              }
            } else {
              for (;;) {
                const byte = bytes[end] ?? LINE_FEED;
                if (
                  byte <= lastStop &&
                  (byte === separator || byte === LINE_FEED || byte === CARRIAGE_RETURN)
                ) {
                  break;
                }
                if (byte === QUOTE) break row;
                end++;
              }
            }
            if (kind === CUSTOMER_ID) {
              const first = bytes[from] ?? 0;
              const length = end - from;
              if (length === 0 || length > MAX_CUSTOMER_ID_BYTES) break row;
              if (first <= SPACE || first === BACKSLASH) break row;
              keyStart = from;
              keyEnd = end;
            }
          }
        }
        if (end < 0) {
          if (isQuoted) break row;
          end = from;
        }
        if (isQuoted) {
          if (bytes[end] !== QUOTE) break row;
          end++;
        }
        const after = bytes[end];
        if (after === separator) {
          if (column === lastColumn) break row;
          column++;
          at = end + 1;
          continue;
        }
        if (column !== lastColumn) break row;
        if (endsInReturn) {
          if (after !== CARRIAGE_RETURN) break row;
          if (isCrlf !== (bytes[end + 1] === LINE_FEED)) break row;
          end += isCrlf ? 2 : 1;
        } else {
          if (after !== LINE_FEED) break row;
          end++;
        }
        if (end - rowStart > rowBytes) break row;
        if (keys !== null && !keys.add(bytes, keyStart, keyEnd)) break row;
        rowStart = end;
        rows++;
        lineBreaks += rowBreaks;
        for (let index = 0; index < suspectCount; index++) {
          const suspect = suspects[index] ?? 0;
          this.#suspectEpochs[suspect] = (this.#suspectEpochs[suspect] ?? 0) + 1;
        }
        continue row;
      }
    }
    this.rows = rows;
    this.lineBreaks = lineBreaks;
    return rowStart;
  }
}
