import type { Claim } from '#lib/store/upload-claim.ts';
import type { Pool } from '#lib/store/pool.ts';
import { reportProgress } from '#lib/store/upload-ledger.ts';

/** Counts of the upload as a whole. */
export interface Totals {
  rowsRead: number;
  rowsAccepted: number;
  rowsRejected: number;
}

interface Sample {
  readonly time: number;
  readonly rows: number;
  readonly bytes: number;
}

const interval = 1_000;
/** Rates are those of the last half minute: long enough to even out batches. */
const samplesKept = 30;

/**
 * Reading and storing a row is about this part of the work; the rest is merging it, or building keys, and for a
 * load beside a table carrying over the rows of that.
 */
const readingShares = { merge: 0.4, 'first-load': 0.85, 'load-beside': 0.55, check: 0.7 } as const;

/** Live counts of one load, written about once a second. */
export class Progress {
  readonly totals: Totals;
  readonly #readingShare: number;
  #bytesRead: number;
  #bytesMerged: number;
  readonly #samples: Sample[] = [];

  /** @param start what is committed already; bytes of the stored object. */
  constructor(
    way: keyof typeof readingShares,
    { bytesRead, ...totals }: Totals & { readonly bytesRead: number },
  ) {
    this.totals = totals;
    this.#readingShare = readingShares[way];
    this.#bytesRead = bytesRead;
    this.#bytesMerged = way === 'merge' ? bytesRead : 0;
  }

  read(rows: { readonly accepted: number; readonly rejected: number; readonly bytesRead: number }) {
    this.totals.rowsAccepted += rows.accepted;
    this.totals.rowsRejected += rows.rejected;
    this.totals.rowsRead += rows.accepted + rows.rejected;
    this.#bytesRead = rows.bytesRead;
  }

  merged(bytes: number): void {
    this.#bytesMerged += bytes;
  }

  /**
   * Writes the counts every second until the returned function is called.
   *
   * @param lost called when the upload turns out to be no longer the claim's.
   */
  start(pool: Pool, claim: Claim, lost: () => void): () => Promise<void> {
    let writing = Promise.resolve();
    let isWriting = false;
    this.#sample();
    const timer = setInterval(() => {
      this.#sample();
      if (isWriting) return;
      isWriting = true;
      writing = this.#write(pool, claim, lost).finally(() => {
        isWriting = false;
      });
    }, interval);
    return async () => {
      clearInterval(timer);
      await writing;
    };
  }

  async #write(pool: Pool, claim: Claim, lost: () => void): Promise<void> {
    try {
      if (!(await reportProgress(pool, claim, this.#describe()))) lost();
    } catch {
      // The database cannot be reached; the load itself is about to find out.
    }
  }

  #describe() {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const seconds = first && last ? (last.time - first.time) / 1000 : 0;
    const perSecond = (unit: 'rows' | 'bytes') =>
      first && last && seconds > 0
        ? Math.max(0, Math.round((last[unit] - first[unit]) / seconds))
        : null;
    return {
      ...this.totals,
      bytesRead: this.#bytesDone(),
      rowsPerSecond: perSecond('rows'),
      bytesPerSecond: perSecond('bytes'),
    };
  }

  #bytesDone(): number {
    const share = this.#readingShare;
    return Math.round(share * this.#bytesRead + (1 - share) * this.#bytesMerged);
  }

  #sample(): void {
    const { rowsRead } = this.totals;
    this.#samples.push({ time: performance.now(), rows: rowsRead, bytes: this.#bytesDone() });
    if (this.#samples.length > samplesKept) this.#samples.shift();
  }
}
