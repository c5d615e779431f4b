/** Rewritten rows are gathered in pages of at least this many bytes. */
const PAGE_BYTES = 64 * 1024;

/** Below this, a loop copies faster than a call into the runtime. */
const SHORT_COPY = 48;

/**
 * Collects the bytes for COPY in file order: rows that may pass as they are become long slices of their
 * chunk, rewritten rows are packed into pages between them.
 */
export class AcceptedRows {
  #slices: Buffer[] = [];
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
    this.#flush();
    this.#source = source;
    this.#sourceStart = start;
    this.#sourceEnd = end;
  }

  /** Begins a rewritten row of at most `maxBytes`; `writeByte` and `writeBytes` fill it. */
  beginRow(maxBytes: number): void {
    if (this.#page.length - this.#pageEnd >= maxBytes) return;
    this.#flush();
    this.#page = Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, maxBytes));
    this.#pageStart = 0;
    this.#pageEnd = 0;
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
    this.#flush();
    const slices = this.#slices;
    this.#slices = [];
    return slices;
  }

  /** A pending slice came before the pending page: `forward` flushes, `beginRow` does not. */
  #flush(): void {
    if (this.#source !== null) {
      this.#slices.push(this.#source.subarray(this.#sourceStart, this.#sourceEnd));
      this.#source = null;
    }
    if (this.#pageEnd > this.#pageStart) {
      this.#slices.push(this.#page.subarray(this.#pageStart, this.#pageEnd));
      this.#pageStart = this.#pageEnd;
    }
  }
}
