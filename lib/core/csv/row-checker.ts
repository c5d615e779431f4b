import { isUtf8 } from 'node:buffer';

import { BACKSLASH, DOT, QUOTE, SPACE, TAB, ZERO } from '../datatypes/ascii.ts';
import { checkCell } from '../datatypes/check-cell.ts';
import { MAX_CUSTOMER_ID_BYTES } from '../datatypes/limits.ts';
import type { AcceptedRows } from './accepted-rows.ts';
import { startOfUnguarded } from './formula-guard.ts';
import { cellPreview } from './cell-preview.ts';
import type { KeyFilter } from './key-filter.ts';
import {
  DOUBLED,
  MALFORMED,
  OPEN_QUOTE,
  PADDED,
  QUOTED,
  RowCells,
  STRAY_QUOTE,
} from './row-cells.ts';
import type { RowLimits } from './row-limits.ts';
import type { Column, Delimiter, RejectCode } from './types.ts';

export interface RowCheckerOptions {
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
  readonly limits: RowLimits;
}

/** Epochs from here on, 10^11 seconds, have twelve digits. */
const MILLISECONDS_DIGITS = 12;

/**
 * Judges one whole row, whatever it looks like, and rewrites it for COPY. This is the careful reading that
 * defines what the scanner accepts; `CleanRowReader` is its fast lane for rows without anything unusual.
 * First the row's shape, then its cells from left to right: the first fault counts.
 */
export class RowChecker {
  /** After `check`: must the row be rewritten before COPY may see it? */
  needsRewrite = false;
  /** After `check` found a fault: index of the column at fault, or -1. */
  faultCell = -1;
  /** After `check`: indexes of epoch columns that look like milliseconds. */
  readonly suspectEpochs: number[] = [];

  readonly #columns: readonly Column[];
  readonly #keyColumn: number;
  readonly #separator: number;
  readonly #limits: RowLimits;
  readonly #cells: RowCells;
  readonly #keptColumns: number;
  /** The file is our own rejects file: its cells carry formula guards, and `error_*` columns are dropped. */
  readonly #isRejectsFile: boolean;
  #bytes: Buffer = Buffer.alloc(0);

  constructor({ columns, delimiter, limits }: RowCheckerOptions) {
    this.#columns = columns;
    this.#keyColumn = columns.findIndex(({ kind }) => kind === 'customer-id');
    this.#separator = delimiter.charCodeAt(0);
    this.#limits = limits;
    this.#cells = new RowCells(delimiter);
    this.#keptColumns = columns.filter(({ kind }) => kind !== 'ignored').length;
    this.#isRejectsFile = this.#keptColumns < columns.length;
  }

  /** Judges `bytes[start..end)`, a row without its line end; `null` accepts it. */
  check(bytes: Buffer, start: number, end: number): RejectCode | null {
    this.#bytes = bytes;
    this.#begin();
    if (end - start > this.#limits.rowBytes) return 'row-too-long';
    this.#cells.split(bytes, start, end, this.#columns.length + 1);
    return this.#checkShape() ?? this.#checkCells(isPlainText(bytes.subarray(start, end)));
  }

  /** Judges the beginning of a row whose quotes never close: which cell opened them? */
  checkOpen(bytes: Buffer): RejectCode {
    this.#bytes = bytes;
    this.#begin();
    this.#cells.split(bytes, 0, bytes.length, Infinity);
    const last = this.#cells.count - 1;
    if (((this.#cells.marks[last] ?? 0) & OPEN_QUOTE) !== 0) this.faultCell = last;
    return 'quote-never-closed';
  }

  /** For a row so long that its cells were not kept. */
  refuseLength(): RejectCode {
    this.#begin();
    return 'row-too-long';
  }

  /** Header name of the column at fault, if there is one. */
  get faultColumn(): string | null {
    return this.#columns[this.faultCell]?.name ?? null;
  }

  /** The cell at fault as text, cut short. */
  get faultValue(): string | null {
    if (this.faultCell < 0) return null;
    const { starts, ends, marks } = this.#cells;
    const isDoubled = ((marks[this.faultCell] ?? 0) & DOUBLED) !== 0;
    return cellPreview(
      this.#bytes.subarray(starts[this.faultCell], ends[this.faultCell]),
      isDoubled,
    );
  }

  /** Notes the accepted row's customer ID; true when it was surely not there before. */
  addKey(keys: KeyFilter): boolean {
    const { starts, ends } = this.#cells;
    return keys.add(this.#bytes, starts[this.#keyColumn] ?? 0, ends[this.#keyColumn] ?? 0);
  }

  /** The accepted row's customer ID. */
  get customerId(): string {
    const { starts, ends, marks } = this.#cells;
    const key = this.#keyColumn;
    const text = this.#bytes.toString('utf8', starts[key], ends[key]);
    return ((marks[key] ?? 0) & DOUBLED) === 0 ? text : text.replaceAll('""', '"');
  }

  /** Writes the accepted row, without ignored columns, blanks around quotes and formula guards. */
  rewrite(output: AcceptedRows, lineEnd: string): void {
    const { starts, ends, marks } = this.#cells;
    const count = this.#columns.length;
    const size = (ends[count - 1] ?? 0) - (starts[0] ?? 0);
    output.beginRow(size + 4 + lineEnd.length);
    let written = 0;
    for (let index = 0; index < count; index++) {
      if (this.#columns[index]?.kind === 'ignored') continue;
      if (written++ > 0) output.writeByte(this.#separator);
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      const isQuoted = ((marks[index] ?? 0) & QUOTED) !== 0 || this.#isEndMarker(start, end);
      if (isQuoted) output.writeByte(QUOTE);
      output.writeBytes(this.#bytes, start, end);
      if (isQuoted) output.writeByte(QUOTE);
    }
    for (let index = 0; index < lineEnd.length; index++)
      output.writeByte(lineEnd.charCodeAt(index));
  }

  #begin(): void {
    this.needsRewrite = this.#isRejectsFile;
    this.faultCell = -1;
    if (this.suspectEpochs.length > 0) this.suspectEpochs.length = 0;
  }

  #checkShape(): RejectCode | null {
    const { count, marks } = this.#cells;
    for (let index = 0; index < count; index++) {
      const mark = marks[index] ?? 0;
      if ((mark & PADDED) !== 0) this.needsRewrite = true;
      if ((mark & MALFORMED) === 0) continue;
      this.faultCell = index;
      return (mark & STRAY_QUOTE) !== 0 ? 'stray-quote' : 'text-after-quote';
    }
    if (count === this.#columns.length) return null;
    return count < this.#columns.length ? 'too-few-cells' : 'too-many-cells';
  }

  #checkCells(isPlain: boolean): RejectCode | null {
    for (let index = 0; index < this.#columns.length; index++) {
      const column = this.#columns[index];
      if (column === undefined || column.kind === 'ignored') continue;
      const code = (isPlain ? null : this.#checkText(index)) ?? this.#checkCell(index, column);
      if (code === null) continue;
      this.faultCell = index;
      return code;
    }
    return null;
  }

  #checkText(index: number): RejectCode | null {
    const cell = this.#bytes.subarray(this.#cells.starts[index], this.#cells.ends[index]);
    if (cell.includes(0)) return 'nul-byte';
    return isUtf8(cell) ? null : 'invalid-utf8';
  }

  #checkCell(index: number, column: Exclude<Column, { kind: 'ignored' }>): RejectCode | null {
    const { starts, ends } = this.#cells;
    if (this.#isRejectsFile) {
      starts[index] = startOfUnguarded(this.#bytes, starts[index] ?? 0, ends[index] ?? 0);
    }
    if (this.#textLength(index) > this.#limits.cellBytes) return 'value-too-long';
    if (column.kind === 'customer-id') return this.#checkCustomerId(index);
    if (column.type === 'string') return null;

    const isQuoted = ((this.#cells.marks[index] ?? 0) & QUOTED) !== 0;
    if (!isQuoted) this.#trim(index);
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start === end) return isQuoted ? 'empty-not-allowed' : null;
    const code = checkCell(column.type, this.#bytes, start, end);
    if (code === null && column.type === 'epoch' && this.#isMilliseconds(start, end)) {
      this.suspectEpochs.push(index);
    }
    return code;
  }

  #checkCustomerId(index: number): RejectCode | null {
    const start = this.#cells.starts[index] ?? 0;
    const end = this.#cells.ends[index] ?? 0;
    let at = start;
    while (at < end && isWhiteSpace(this.#bytes[at] ?? 0)) at++;
    if (at === end) return 'missing-customer-id';
    if (this.#textLength(index) > MAX_CUSTOMER_ID_BYTES) return 'customer-id-too-long';
    if (this.#isEndMarker(start, end)) this.needsRewrite = true;
    return null;
  }

  /** Bytes of the cell's text: a doubled quotation mark counts once. */
  #textLength(index: number): number {
    const start = this.#cells.starts[index] ?? 0;
    const end = this.#cells.ends[index] ?? 0;
    if (((this.#cells.marks[index] ?? 0) & DOUBLED) === 0) return end - start;
    let quotes = 0;
    for (let at = start; at < end; at++) if (this.#bytes[at] === QUOTE) quotes++;
    return end - start - quotes / 2;
  }

  #trim(index: number): void {
    let start = this.#cells.starts[index] ?? 0;
    let end = this.#cells.ends[index] ?? 0;
    while (start < end && isBlank(this.#bytes[start] ?? 0)) start++;
    while (end > start && isBlank(this.#bytes[end - 1] ?? 0)) end--;
    if (start === this.#cells.starts[index] && end === this.#cells.ends[index]) return;
    this.#cells.starts[index] = start;
    this.#cells.ends[index] = end;
    this.needsRewrite = true;
  }

  /** A lone `\.` on a line ends the data for PostgreSQL before 18, unless it is quoted. */
  #isEndMarker(start: number, end: number): boolean {
    return (
      this.#keptColumns === 1 &&
      end - start === 2 &&
      this.#bytes[start] === BACKSLASH &&
      this.#bytes[start + 1] === DOT
    );
  }

  #isMilliseconds(start: number, end: number): boolean {
    let from = start;
    while (from < end && this.#bytes[from] === ZERO) from++;
    return end - from >= MILLISECONDS_DIGITS;
  }
}

/** UTF-8 that PostgreSQL stores: no NUL, no invalid sequences. */
export function isPlainText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function isWhiteSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= 0x0d);
}
