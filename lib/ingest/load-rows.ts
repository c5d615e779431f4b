import type { ScanWarning } from '#lib/core/csv/types.ts';
import type { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { dropStaging } from '#lib/store/staging.ts';
import { recordBatch, saveCheckpoint } from '#lib/store/upload-ledger.ts';
import { isBefore, type Checkpoint } from './checkpoint.ts';
import type { Load } from './load.ts';
import { mergeBatch } from './merge-batch.ts';
import { openFirstLoadSink, openStagingSink } from './open-sink.ts';
import { RejectLog } from './reject-log.ts';
import { RowReader } from './row-reader.ts';
import type { RowSink } from './row-sink.ts';
import { stageBatch, type StagedBatch } from './stage-batch.ts';

/** Accepted rows worth a look, counted over the upload; as stored in `Upload.warnings`. */
interface UploadWarning {
  readonly code: ScanWarning['code'];
  readonly column: string;
  readonly count: number;
}

export interface LoadRowsOptions {
  /** Where to begin. */
  readonly checkpoint: Checkpoint;
  /** Of the batches before it. */
  readonly warnings: readonly UploadWarning[];
  /** Customers that a first load or a check has stored so far; for a merge, any filter. */
  readonly keys: KeyFilter;
  readonly signal: AbortSignal;
}

/**
 * Loads a file's rows from a checkpoint to the end, batch by batch; while one batch is merged, the next one
 * is staged. Whenever it stops, nothing of it runs on, and the checkpoint in the database is where to go on.
 *
 * @returns the last checkpoint.
 */
export async function loadRows(load: Load, options: LoadRowsOptions): Promise<Checkpoint> {
  const loader = new RowLoader(load, options);
  return loader.run();
}

class RowLoader {
  readonly #load: Load;
  readonly #reader: RowReader;
  readonly #keys: KeyFilter;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #checkpoint: Checkpoint;
  #warnings: readonly UploadWarning[];
  /** What was read and kept, staged batches included. */
  #staged: { bytesRead: number; keptRejects: number; keptRejectBytes: number };
  /** Rejects of batches that are not recorded yet. */
  readonly #unrecorded = new Set<RejectLog>();

  constructor(load: Load, { checkpoint, warnings, keys, signal }: LoadRowsOptions) {
    this.#load = load;
    this.#keys = keys;
    this.#checkpoint = checkpoint;
    this.#warnings = warnings;
    this.#staged = checkpoint;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    const { file, plan, settings } = load;
    const { chunkBytes } = settings;
    const { next: start } = checkpoint;
    this.#reader = new RowReader({ file, plan, start, chunkBytes, keys, signal: this.#signal });
  }

  async run(): Promise<Checkpoint> {
    let completing = Promise.resolve();
    try {
      for (let number = this.#checkpoint.batch; ; number++) {
        const batch = await this.#stage(number);
        await completing;
        completing = this.#complete(batch);
        completing.catch((error: unknown) => this.#stop.abort(error));
        if (batch.isLast) break;
      }
      await completing;
      return this.#checkpoint;
    } catch (error) {
      this.#stop.abort(error);
      await completing.catch(() => undefined);
      await this.#discardRejects();
      throw error;
    } finally {
      await this.#reader.close();
    }
  }

  async #stage(number: number): Promise<StagedBatch> {
    const { blobs, settings } = this.#load;
    const { bytesRead, keptRejects, keptRejectBytes } = this.#staged;
    const rejects = new RejectLog({
      blobs,
      keptBefore: keptRejects,
      rowsLeft: settings.keptRejects - keptRejects,
      bytesLeft: settings.keptRejectBytes - keptRejectBytes,
    });
    this.#unrecorded.add(rejects);
    const isPending = number === this.#checkpoint.batch && this.#checkpoint.pendingEnd !== null;
    const end = isPending ? this.#checkpoint.pendingEnd : null;
    // To a merge, repeats matter within a batch; to the other ways, in the whole file.
    if (!this.#isBeside) this.#keys.clear();
    const batch = await stageBatch({
      load: this.#load,
      reader: this.#reader,
      number,
      rejects,
      sink: this.#openSink(number),
      bytesBefore: bytesRead,
      end,
      signal: this.#signal,
    });
    if (isPending) this.#reader.restart();
    this.#staged = {
      bytesRead: batch.bytesRead,
      keptRejects: keptRejects + rejects.keptRows,
      keptRejectBytes: keptRejectBytes + rejects.keptBytes,
    };
    return batch;
  }

  #openSink(batch: number): RowSink {
    return this.#isBeside ? openFirstLoadSink(this.#load) : openStagingSink(this.#load, batch);
  }

  /** Whether rows go into tables of their own, beside the table. */
  get #isBeside(): boolean {
    return this.#load.plan.way !== 'merge';
  }

  /** Sees to a staged batch and moves the checkpoint behind it. */
  async #complete(batch: StagedBatch): Promise<void> {
    if (batch.rowsAccepted > 0 && !this.#isBeside) return this.#merge(batch);
    if (!isBefore(this.#checkpoint.next, batch.end)) return;
    if (!this.#isBeside) this.#load.progress.merged(batch.bytes);
    await this.#record(batch, false);
  }

  async #merge(batch: StagedBatch): Promise<void> {
    const { pool, claim } = this.#load;
    await this.#fixEnd(batch);
    await mergeBatch(this.#load, batch, this.#signal);
    await this.#record(batch, true);
    await dropStaging(pool, { uploadId: claim.uploadId, batch: batch.number });
  }

  /** From the first merged partition on, whoever completes the batch has to do so with the same rows. */
  async #fixEnd(batch: StagedBatch): Promise<void> {
    if (this.#checkpoint.pendingEnd !== null) return;
    this.#checkpoint = { ...this.#checkpoint, pendingEnd: batch.end };
    await saveCheckpoint(this.#load.pool, this.#load.claim, this.#checkpoint);
  }

  async #record(batch: StagedBatch, isMerged: boolean): Promise<void> {
    const { pool, claim, plan } = this.#load;
    const { rejects } = batch;
    const checkpoint: Checkpoint = {
      plan,
      batch: batch.number + 1,
      next: batch.end,
      pendingEnd: null,
      bytesRead: batch.bytesRead,
      keptRejects: this.#checkpoint.keptRejects + rejects.keptRows,
      keptRejectBytes: this.#checkpoint.keptRejectBytes + rejects.keptBytes,
      attempt: claim.attempt,
      failures: 0,
    };
    const warnings = addWarnings(this.#warnings, batch.warnings);
    // From here on the rejects may be on record, even if the answer gets lost.
    this.#unrecorded.delete(rejects);
    await recordBatch(pool, claim, {
      rowsAccepted: batch.rowsAccepted,
      rowsRejected: rejects.total,
      isMerged,
      rejectCounts: rejects.counts,
      rejectSegments: rejects.segments,
      warnings,
      checkpoint,
    });
    this.#checkpoint = checkpoint;
    this.#warnings = warnings;
  }

  async #discardRejects(): Promise<void> {
    for (const rejects of this.#unrecorded) {
      // What is left behind is nobody's; the sweep of the blob store finds it.
      await rejects.discard().catch(() => undefined);
    }
  }
}

function addWarnings(
  known: readonly UploadWarning[],
  found: readonly ScanWarning[],
): readonly UploadWarning[] {
  const sums = new Map(known.map((warning) => [`${warning.code} ${warning.column}`, warning]));
  for (const { code, column, rows } of found) {
    const key = `${code} ${column}`;
    sums.set(key, { code, column, count: (sums.get(key)?.count ?? 0) + rows });
  }
  return [...sums.values()];
}
