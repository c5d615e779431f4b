import type { ScanResult } from '#lib/core/csv/types.ts';
import type { CopyWriter, RowsToCopy } from '#lib/store/copy-writer.ts';
import { CopyLane } from './copy-lane.ts';

export interface RowSinkOptions {
  /** Connections for new customers. */
  readonly lanes: number;
  readonly open: (kind: RowsToCopy['kind']) => Promise<CopyWriter>;
  /** Runs before the first row is sent. */
  readonly prepare?: () => Promise<void>;
}

/**
 * Takes the good rows of one batch, over several connections at once: new customers in no order, repeats in the
 * order of the file. Ends in exactly one of `finish` and `discard`.
 */
export class RowSink {
  readonly #lanes: readonly CopyLane[];
  readonly #repeats: CopyLane;
  readonly #prepare: () => Promise<void>;
  #prepared: Promise<void> | null = null;

  constructor({ lanes, open, prepare }: RowSinkOptions) {
    this.#lanes = Array.from({ length: lanes }, () => new CopyLane(() => open('new')));
    this.#repeats = new CopyLane(() => open('repeats'));
    this.#prepare = prepare ?? (() => Promise.resolve());
  }

  /** Resolves when more rows may come. A batch without good rows needs no connection. */
  async take({ accepted, repeats }: Omit<ScanResult, 'rejects'>): Promise<void> {
    if (accepted.length + repeats.length === 0) return;
    await (this.#prepared ??= this.#prepare());
    if (accepted.length > 0) {
      const lane = await Promise.race(this.#lanes.map((lane) => lane.whenIdle()));
      lane.send(accepted);
    }
    if (repeats.length > 0) {
      await this.#repeats.whenIdle();
      this.#repeats.send(repeats);
    }
  }

  /** Keeps the rows. One after the other: a claim that is lost meanwhile is lost for the rest. */
  async finish(): Promise<void> {
    for (const lane of [...this.#lanes, this.#repeats]) await lane.finish();
  }

  /** Forgets them. Harmless after `finish`, so that it fits a `finally`. */
  discard(): void {
    for (const lane of [...this.#lanes, this.#repeats]) lane.discard();
  }
}
