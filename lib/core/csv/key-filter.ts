/** A block is one line of the processor's cache: 16 words of 32 bits. */
const WORDS_PER_BLOCK = 16;
const BYTES_PER_BLOCK = 64;

/**
 * Tells customer IDs that were surely not seen before from those that may have been: a blocked Bloom filter.
 * It never calls a known ID new; how often it doubts a new one depends on its size (below one in a thousand
 * from 24 bits for each ID on, one in ten at 5 bits).
 *
 * @example
 * const filter = new KeyFilter(64 * 1024 * 1024);
 * filter.add(bytes, 0, 2); // true
 * filter.add(bytes, 0, 2); // false
 */
export class KeyFilter {
  readonly #words: Uint32Array;
  readonly #lastBlock: number;

  /** @param bytes of memory; rounded down to a power of two. */
  constructor(bytes: number) {
    const blocks = 2 ** Math.floor(Math.log2(Math.max(bytes, BYTES_PER_BLOCK) / BYTES_PER_BLOCK));
    this.#words = new Uint32Array(blocks * WORDS_PER_BLOCK);
    this.#lastBlock = blocks - 1;
  }

  /** Forgets everything. */
  clear(): void {
    this.#words.fill(0);
  }

  /**
   * Notes the ID that stands in `bytes[start..end)`, as it is written between its quotation marks.
   *
   * @returns true when it was surely not there before.
   */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    let first = 0x811c9dc5;
    let second = 0x9747b28c;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5bd1e995) ^ (second >>> 13);
    }
    first = mix(first);
    second = mix(second ^ (end - start));
    const words = this.#words;
    const block = (first & this.#lastBlock) * WORDS_PER_BLOCK;
    // Four bits: their words from the part of `first` that large filters leave over, their places from `second`.
    const spread = Math.imul(first, 0x9e3779b1) ^ second;
    let isNew = false;
    for (let probe = 0; probe < 4; probe++) {
      const word = block + ((spread >>> (probe * 4 + 12)) & (WORDS_PER_BLOCK - 1));
      const bit = 1 << ((second >>> (probe * 5)) & 31);
      const old = words[word] ?? 0;
      if ((old & bit) !== 0) continue;
      isNew = true;
      words[word] = old | bit;
    }
    return isNew;
  }
}

function mix(hash: number): number {
  let x = hash ^ (hash >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
