import type { ScanResult } from '#lib/core/csv/types.ts';
import type { CopyWriter } from '#lib/store/copy-writer.ts';
import { openStaging } from '#lib/store/staging-writer.ts';
import type { Load } from './load.ts';
import type { RowSink } from './row-sink.ts';

/** Rows into the staging set of a batch, which its first row opens: a batch of rejects needs none. */
export class StagingSink implements RowSink {
  readonly #load: Load;
  readonly #batch: number;
  #writer: CopyWriter | null = null;

  constructor(load: Load, batch: number) {
    this.#load = load;
    this.#batch = batch;
  }

  /** Repeats come after what they may repeat: for each customer, the order is that of the file. */
  async take({ accepted, repeats }: ScanResult): Promise<void> {
    if (accepted.length + repeats.length === 0) return;
    this.#writer ??= await this.#open();
    for (const rows of [...accepted, ...repeats]) await this.#writer.write(rows);
  }

  async finish(): Promise<void> {
    await this.#writer?.finish();
  }

  discard(): void {
    this.#writer?.discard();
  }

  #open(): Promise<CopyWriter> {
    const { pool, plan, claim } = this.#load;
    const { columns, delimiter } = plan;
    return openStaging(pool, { uploadId: claim.uploadId, batch: this.#batch, columns, delimiter });
  }
}
