const FIRST_CAPACITY = 4096;

/** The row that a chunk's end cut, gathered from chunk to chunk; of an endless row only the beginning. */
export class CarriedRow {
  /** Bytes appended, those that were not kept included. */
  byteLength = 0;

  readonly #maxKept: number;
  #kept = Buffer.alloc(0);
  #keptLength = 0;

  constructor(maxKept: number) {
    this.#maxKept = maxKept;
  }

  get isEmpty(): boolean {
    return this.byteLength === 0;
  }

  /** Copies `bytes`, so that their chunk can go. */
  append(bytes: Buffer): void {
    this.byteLength += bytes.length;
    const length = Math.min(bytes.length, this.#maxKept - this.#keptLength);
    if (length <= 0) return;
    this.#reserve(this.#keptLength + length);
    bytes.copy(this.#kept, this.#keptLength, 0, length);
    this.#keptLength += length;
  }

  /** What was kept, as memory of its own; begins anew. Shorter than `byteLength` was if the row is endless. */
  take(): Buffer {
    const row = this.#kept.subarray(0, this.#keptLength);
    this.#kept = Buffer.alloc(0);
    this.#keptLength = 0;
    this.byteLength = 0;
    return row;
  }

  #reserve(needed: number): void {
    if (needed <= this.#kept.length) return;
    const capacity = Math.max(FIRST_CAPACITY, needed, this.#kept.length * 2);
    const larger = Buffer.allocUnsafeSlow(Math.min(capacity, this.#maxKept));
    this.#kept.copy(larger, 0, 0, this.#keptLength);
    this.#kept = larger;
  }
}
