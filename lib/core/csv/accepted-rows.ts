/** What is copied is gathered in pages of at least this many bytes. */
const PAGE_BYTES = 64 * 1024;

/** Shorter slices are copied, too: that costs less than to send each by itself. */
const SHORT_SLICE = 8 * 1024;

/** Below this, a loop copies faster than a call into the runtime. */
const SHORT_COPY = 48;

/**
 * Collects the bytes for COPY in file order: rows that may pass as they are become long slices of their
 * chunk; rewritten rows, and rows that stand alone between others, are packed into pages between them.
 */
export class AcceptedRows {
  #slices: Buffer[] = [];
  /** The slice that may still grow: it comes after the page. */
  #source: Buffer | null = null;
  #sourceStart = 0;
  #sourceEnd = 0;
  #page = Buffer.alloc(0);
  #pageStart = 0;
  #pageEnd = 0;

  /** Passes `source[start..end)`, whole rows, as they are. */
  forward(source: Buffer, start: number, end: number): void {
    if (source === this.#source && start === this.#sourceEnd) {
      this.#sourceEnd = end;
      return;
    }
    this.#endSlice();
    this.#source = source;
    this.#sourceStart = start;
    this.#sourceEnd = end;
  }

  /** Begins a rewritten row of at most `maxBytes`; `writeByte` and `writeBytes` fill it. */
  beginRow(maxBytes: number): void {
    this.#endSlice();
    this.#makeRoom(maxBytes);
  }

  writeByte(byte: number): void {
    this.#page[this.#pageEnd++] = byte;
  }

  writeBytes(source: Uint8Array, start: number, end: number): void {
    if (end - start > SHORT_COPY) {
      this.#page.set(source.subarray(start, end), this.#pageEnd);
      this.#pageEnd += end - start;
      return;
    }
    const page = this.#page;
    let to = this.#pageEnd;
    for (let at = start; at < end; at++) page[to++] = source[at] ?? 0;
    this.#pageEnd = to;
  }

  /** Everything since the last call. What was handed out is never written to again. */
  take(): Buffer[] {
    this.#endSlice();
    this.#endPage();
    const slices = this.#slices;
    this.#slices = [];
    return slices;
  }

  #endSlice(): void {
    const source = this.#source;
    if (source === null) return;
    this.#source = null;
    const length = this.#sourceEnd - this.#sourceStart;
    if (length < SHORT_SLICE) {
      this.#makeRoom(length);
      this.writeBytes(source, this.#sourceStart, this.#sourceEnd);
      return;
    }
    this.#endPage();
    this.#slices.push(source.subarray(this.#sourceStart, this.#sourceEnd));
  }

  #endPage(): void {
    if (this.#pageEnd === this.#pageStart) return;
    this.#slices.push(this.#page.subarray(this.#pageStart, this.#pageEnd));
    this.#pageStart = this.#pageEnd;
  }

  #makeRoom(bytes: number): void {
    if (this.#page.length - this.#pageEnd >= bytes) return;
    this.#endPage();
    this.#page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, bytes));
    this.#pageStart = 0;
    this.#pageEnd = 0;
  }
}
