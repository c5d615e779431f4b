import { QUOTE, SPACE, TAB } from '../datatypes/ascii.ts';
import type { Delimiter } from './types.ts';

/** What was noticed about a cell, as bits of `RowCells.marks`. */
export const QUOTED = 1;
/** Quoted, with `""` inside. */
export const DOUBLED = 2;
/** Quoted, with blanks before the opening or after the closing quotation mark. */
export const PADDED = 4;
/** A quotation mark inside an unquoted cell. */
export const STRAY_QUOTE = 8;
/** Text after the closing quotation mark. */
const TEXT_AFTER_QUOTE = 16;
/** No closing quotation mark. */
export const OPEN_QUOTE = 32;
export const MALFORMED = STRAY_QUOTE | TEXT_AFTER_QUOTE | OPEN_QUOTE;

/**
 * The cells of one row, as bounds into its bytes. A quoted cell's bounds lie inside its quotation marks, a
 * malformed cell's around everything between its delimiters. Reused from row to row, so that looking at a
 * row allocates nothing.
 */
export class RowCells {
  count = 0;
  starts = new Int32Array(16);
  ends = new Int32Array(16);
  marks = new Uint8Array(16);

  readonly #separator: number;

  constructor(delimiter: Delimiter) {
    this.#separator = delimiter.charCodeAt(0);
  }

  /** Splits `bytes[start..end)`, a row without its line end, and stops after `maxCells` cells. */
  split(bytes: Uint8Array, start: number, end: number, maxCells: number): void {
    this.count = 0;
    let at = start;
    do {
      at = this.#readCell(bytes, at, end) + 1;
    } while (at <= end && this.count < maxCells);
  }

  /** @returns the index of the delimiter after the cell, or `end`. */
  #readCell(bytes: Uint8Array, from: number, end: number): number {
    const opening = this.#skipBlanks(bytes, from, end);
    if (opening < end && bytes[opening] === QUOTE) {
      return this.#readQuoted(bytes, from, opening, end);
    }
    let marks = 0;
    let at = opening;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (byte === this.#separator) break;
      if (byte === QUOTE) marks = STRAY_QUOTE;
    }
    this.#push(from, at, marks);
    return at;
  }

  #readQuoted(bytes: Uint8Array, from: number, opening: number, end: number): number {
    let marks = QUOTED;
    let closing = opening + 1;
    for (; closing < end; closing++) {
      if (bytes[closing] !== QUOTE) continue;
      if (closing + 1 >= end || bytes[closing + 1] !== QUOTE) break;
      marks |= DOUBLED;
      closing++;
    }
    if (closing >= end) {
      this.#push(from, end, OPEN_QUOTE);
      return end;
    }
    const next = this.#skipBlanks(bytes, closing + 1, end);
    if (next < end && bytes[next] !== this.#separator) {
      const stop = bytes.subarray(next, end).indexOf(this.#separator);
      const cellEnd = stop < 0 ? end : next + stop;
      this.#push(from, cellEnd, TEXT_AFTER_QUOTE);
      return cellEnd;
    }
    if (opening !== from || next !== closing + 1) marks |= PADDED;
    this.#push(opening + 1, closing, marks);
    return next;
  }

  #skipBlanks(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    while (at < end && (bytes[at] === SPACE || (bytes[at] === TAB && this.#separator !== TAB)))
      at++;
    return at;
  }

  #push(start: number, end: number, marks: number): void {
    if (this.count === this.marks.length) this.#grow();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.marks[this.count] = marks;
    this.count++;
  }

  #grow(): void {
    const starts = new Int32Array(this.count * 2);
    const ends = new Int32Array(this.count * 2);
    const marks = new Uint8Array(this.count * 2);
    starts.set(this.starts);
    ends.set(this.ends);
    marks.set(this.marks);
    this.starts = starts;
    this.ends = ends;
    this.marks = marks;
  }
}
