import type { ScanResult } from '#lib/core/csv/types.ts';
import type { CopyWriter } from '#lib/store/copy-writer.ts';
import { openFirstLoad } from '#lib/store/first-load.ts';
import { holdClaim } from '#lib/store/upload-claim.ts';
import type { Load } from './load.ts';
import type { RowSink } from './row-sink.ts';

/**
 * Rows of one batch into the tables of a first load, over several connections at once: new customers in no
 * order, repeats in the order of the file. What is kept of a batch that is not recorded does no harm: the
 * batch is read again, and its customers are repeats then.
 */
export class FirstLoadSink implements RowSink {
  readonly #load: Load;
  readonly #lanes: Lane[];
  readonly #repeats: Lane;

  constructor(load: Load) {
    this.#load = load;
    const { copyParallelism } = load.settings;
    this.#lanes = Array.from({ length: copyParallelism }, () => new Lane(() => this.#open('new')));
    this.#repeats = new Lane(() => this.#open('repeats'));
  }

  async take({ accepted, repeats }: ScanResult): Promise<void> {
    if (accepted.length > 0) {
      const lane = await Promise.race(this.#lanes.map((lane) => lane.whenIdle()));
      lane.send(accepted);
    }
    if (repeats.length > 0) {
      await this.#repeats.whenIdle();
      this.#repeats.send(repeats);
    }
  }

  /** One after the other: a claim that is lost meanwhile is lost for the rest. */
  async finish(): Promise<void> {
    const { claim } = this.#load;
    for (const lane of [...this.#lanes, this.#repeats]) {
      await lane.finish((connection) => holdClaim(connection, claim));
    }
  }

  discard(): void {
    for (const lane of [...this.#lanes, this.#repeats]) lane.discard();
  }

  #open(kind: 'new' | 'repeats'): Promise<CopyWriter> {
    const { pool, claim, plan } = this.#load;
    const { columns, delimiter } = plan;
    return openFirstLoad(pool, claim, { columns, delimiter, kind });
  }
}

/** One connection, opened with its first rows. */
class Lane {
  readonly #open: () => Promise<CopyWriter>;
  #writer: CopyWriter | null = null;
  #sending: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(open: () => Promise<CopyWriter>) {
    this.#open = open;
  }

  /** @throws what went wrong with the rows sent before. */
  async whenIdle(): Promise<this> {
    await this.#sending;
    return this;
  }

  send(rows: readonly Buffer[]): void {
    this.#sending = this.#write(rows);
    // Told by the next `whenIdle` or `finish`.
    this.#sending.catch(() => undefined);
  }

  async finish(allow: Parameters<CopyWriter['finish']>[0]): Promise<void> {
    await this.#sending;
    await this.#writer?.finish(allow);
  }

  discard(): void {
    this.#isOver = true;
    this.#writer?.discard();
  }

  async #write(rows: readonly Buffer[]): Promise<void> {
    this.#writer ??= await this.#open();
    if (this.#isOver) this.#writer.discard();
    for (const bytes of rows) await this.#writer.write(bytes);
  }
}
