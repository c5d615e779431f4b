import { CARRIAGE_RETURN, COMMA, LINE_FEED, QUOTE, SPACE, TAB } from '../datatypes/ascii.ts';
import type { Delimiter } from './types.ts';

/* States, as numbers because a scan changes them with every cell. */
const CELL_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
/** A quotation mark inside quotes: closing, or the first of two. */
const QUOTE_IN_QUOTED = 3;
/** A carriage return inside quotes: a line feed that follows belongs to it. */
const RETURN_IN_QUOTED = 4;
/** A carriage return outside quotes: the row ends here, or after the line feed that follows. */
const RETURN = 5;
type State =
  | typeof CELL_START
  | typeof UNQUOTED
  | typeof QUOTED
  | typeof QUOTE_IN_QUOTED
  | typeof RETURN_IN_QUOTED
  | typeof RETURN;

/**
 * Finds where a row ends, over as many chunks as it takes, and nothing else: LF, CRLF or lone CR outside
 * quotes. A quotation mark opens quotes only where a cell begins (after blanks); after the closing one the
 * rest of the cell is plain text. So the end of a row never depends on whether its cells are valid.
 */
export class RowEndFinder {
  /** Line breaks seen since `reset`, the row's own end included. */
  lineBreaks = 0;
  /** `lineBreaks` when the latest quotes opened. */
  lineBreaksBeforeQuote = 0;

  readonly #separator: number;
  #state: State = CELL_START;

  constructor(delimiter: Delimiter) {
    this.#separator = delimiter.charCodeAt(0);
  }

  /** True when the bytes so far end inside quotes. */
  get isInQuotes(): boolean {
    return this.#state === QUOTED || this.#state === RETURN_IN_QUOTED;
  }

  /** Begins a new row. */
  reset(): void {
    this.#state = CELL_START;
    this.lineBreaks = 0;
    this.lineBreaksBeforeQuote = 0;
  }

  /**
   * Reads on from where the last call stopped.
   *
   * @returns the index after the row's line end (`from` itself when a CR ended the row in the chunk
   *   before), or -1 when the row goes on, or may go on, after `to`.
   */
  find(bytes: Uint8Array, from: number, to: number): number {
    const separator = this.#separator;
    let state = this.#state;
    let at = from;
    while (at < to) {
      const byte = bytes[at] ?? 0;
      if (state === RETURN) return this.#endRow(byte === LINE_FEED ? at + 1 : at);
      at++;
      if (state === QUOTED || state === RETURN_IN_QUOTED) {
        if (byte === QUOTE) {
          state = QUOTE_IN_QUOTED;
        } else if (byte === CARRIAGE_RETURN) {
          this.lineBreaks++;
          state = RETURN_IN_QUOTED;
        } else {
          if (byte === LINE_FEED && state === QUOTED) this.lineBreaks++;
          state = QUOTED;
          while (at < to && (bytes[at] ?? 0) > QUOTE) at++;
        }
      } else if (byte === separator) {
        state = CELL_START;
      } else if (byte === LINE_FEED) {
        return this.#endRow(at);
      } else if (byte === CARRIAGE_RETURN) {
        state = RETURN;
      } else if (byte === QUOTE && state !== UNQUOTED) {
        if (state === CELL_START) this.lineBreaksBeforeQuote = this.lineBreaks;
        state = QUOTED;
      } else if (state !== CELL_START || (byte !== SPACE && byte !== TAB)) {
        state = UNQUOTED;
        while (at < to && (bytes[at] ?? 0) > COMMA) at++;
      }
    }
    this.#state = state;
    return -1;
  }

  #endRow(end: number): number {
    this.lineBreaks++;
    return end;
  }
}
