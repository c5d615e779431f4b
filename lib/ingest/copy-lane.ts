import type { CopyWriter } from '#lib/store/copy-writer.ts';

/** One connection that rows are sent over, opened with its first rows. */
export class CopyLane {
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

  async finish(): Promise<void> {
    await this.#sending;
    await this.#writer?.finish();
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
