interface Intervals {
  /** Bytes after which young objects are collected. */
  readonly young: number;
  /** Bytes after which all objects are. */
  readonly all: number;
}

/**
 * Has garbage collected as bytes pass by. The buffers they come in lie outside of V8's heap: it lets many of them pile up, then
 * goes through all that it has. That took nearly half of the processor time of an upload; going through the young ones alone takes a few
 * hundredths, and memory stays lower. What outlives a few such collections counts as old, of which V8 lets hundreds of megabytes pile
 * up before it looks: full collections (some 30 ms) keep memory where it is however much comes. Does nothing in a Node that was not started
 * with `--expose-gc`.
 *
 * @example
 * const bodies = new GarbageCollector({ young: 4 * 1024 ** 2, all: 1024 ** 3 });
 * bodies.note(chunk.length);
 */
export class GarbageCollector {
  readonly #intervals: Intervals;
  #sinceYoung = 0;
  #sinceAll = 0;

  constructor(intervals: Intervals) {
    this.#intervals = intervals;
  }

  /** @param bytes that came. */
  note(bytes: number): void {
    this.#sinceYoung += bytes;
    this.#sinceAll += bytes;
    const { young, all } = this.#intervals;
    if (this.#sinceAll >= all) {
      this.#sinceYoung = this.#sinceAll = 0;
      globalThis.gc?.({ type: 'major', execution: 'sync' });
    } else if (this.#sinceYoung >= young) {
      this.#sinceYoung = 0;
      globalThis.gc?.({ type: 'minor', execution: 'sync' });
    }
  }
}
