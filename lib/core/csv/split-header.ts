import { CARRIAGE_RETURN, LINE_FEED, QUOTE, SPACE, TAB } from '../datatypes/ascii.ts';
import { isCustomerIdName } from '../datatypes/attribute-name.ts';
import type { Delimiter, LineEnd } from './types.ts';

export interface SplitHeaderOptions {
  readonly bytes: Uint8Array;
  /** Where the header line begins. */
  readonly from: number;
  /** Where reading stops: the end of the bytes at hand. */
  readonly limit: number;
  readonly delimiter: Delimiter;
  /** True when the file ends at `limit`, so that no line end is needed there. */
  readonly isWhole: boolean;
}

/** One reading of the header line, with one delimiter. */
export interface SplitHeader {
  readonly delimiter: Delimiter;
  readonly cells: readonly string[];
  /** `missing`: the bytes ended before the line did; `open-quote`: they ended inside quotes. */
  readonly end: 'found' | 'missing' | 'open-quote';
  readonly lineEnd: LineEnd | null;
  /** Index after the line end. */
  readonly next: number;
  /** Line breaks inside quoted names. */
  readonly extraLines: number;
  readonly hasCustomerId: boolean;
  /** A quotation mark inside an unquoted name, or text after a closing one. */
  readonly isMalformed: boolean;
}

/** Splits a header line into cells. Blanks around cells are skipped; invalid UTF-8 is left to the caller. */
export function splitHeader(options: SplitHeaderOptions): SplitHeader {
  const reader = new HeaderReader(options);
  const end = reader.readCells();
  return {
    delimiter: options.delimiter,
    cells: reader.cells,
    end,
    lineEnd: end === 'found' ? reader.lineEnd : null,
    next: reader.at,
    extraLines: reader.extraLines,
    hasCustomerId: reader.cells.some(isCustomerIdName),
    isMalformed: reader.isMalformed,
  };
}

class HeaderReader {
  readonly cells: string[] = [];
  at: number;
  lineEnd: LineEnd | null = null;
  extraLines = 0;
  isMalformed = false;

  readonly #bytes: Uint8Array;
  readonly #limit: number;
  readonly #separator: number;
  readonly #isWhole: boolean;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor({ bytes, from, limit, delimiter, isWhole }: SplitHeaderOptions) {
    this.at = from;
    this.#bytes = bytes;
    this.#limit = limit;
    this.#separator = delimiter.charCodeAt(0);
    this.#isWhole = isWhole;
  }

  readCells(): SplitHeader['end'] {
    for (;;) {
      this.#skipBlanks();
      if (this.at < this.#limit && this.#bytes[this.at] === QUOTE) {
        if (!this.#readQuoted()) return 'open-quote';
      } else {
        this.#readUnquoted();
      }
      if (this.at >= this.#limit) return this.#isWhole ? 'found' : 'missing';
      if (this.#bytes[this.at] !== this.#separator) return this.#readLineEnd();
      this.at++;
    }
  }

  /** @returns false when the quote never closes. */
  #readQuoted(): boolean {
    const bytes = this.#bytes;
    const start = ++this.at;
    for (; ; this.at++) {
      if (this.at >= this.#limit) return false;
      const byte = bytes[this.at];
      const next = bytes[this.at + 1];
      if (byte === QUOTE && next !== QUOTE) break;
      if (byte === QUOTE) this.at++;
      if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && next !== LINE_FEED)) this.extraLines++;
    }
    this.cells.push(this.#text(start, this.at).replaceAll('""', '"'));
    this.at++;
    this.#skipBlanks();
    const closed = this.at;
    this.#skipToCellEnd();
    this.isMalformed ||= this.at !== closed;
    return true;
  }

  #readUnquoted(): void {
    const start = this.at;
    this.#skipToCellEnd();
    let end = this.at;
    while (end > start && this.#isBlank(end - 1)) end--;
    const text = this.#text(start, end);
    this.cells.push(text);
    this.isMalformed ||= text.includes('"');
  }

  #readLineEnd(): 'found' | 'missing' {
    const isLast = this.at + 1 >= this.#limit;
    if (this.#bytes[this.at] === LINE_FEED) this.lineEnd = '\n';
    else if (isLast && !this.#isWhole) return 'missing';
    else this.lineEnd = !isLast && this.#bytes[this.at + 1] === LINE_FEED ? '\r\n' : '\r';
    this.at += this.lineEnd.length;
    return 'found';
  }

  #skipBlanks(): void {
    while (this.at < this.#limit && this.#isBlank(this.at)) this.at++;
  }

  #skipToCellEnd(): void {
    for (; this.at < this.#limit; this.at++) {
      const byte = this.#bytes[this.at];
      if (byte === this.#separator || byte === LINE_FEED || byte === CARRIAGE_RETURN) return;
    }
  }

  #isBlank(at: number): boolean {
    const byte = this.#bytes[at];
    return byte === SPACE || (byte === TAB && this.#separator !== TAB);
  }

  #text(start: number, end: number): string {
    return this.#decoder.decode(this.#bytes.subarray(start, end));
  }
}
