import { PassThrough } from 'node:stream';

/** Bytes that may wait for the bucket before the sender is held back: few, so that their buffers do not grow old. */
const highWaterBytes = 64 * 1024;

export interface HeldBackTransferOptions<Answer> {
  /** Bytes to come in all. */
  readonly size: number;
  /** Begins the request that carries the bytes, and gives what is answered to it. */
  readonly send: (body: Buffer | PassThrough, signal: AbortSignal) => Promise<Answer>;
}

/**
 * Hands bytes through to a bucket while they come, all but the last piece. That one follows in `finish`, which is to be
 * called when everything that a client declared was verified. What is cancelled before was never whole for the bucket, which
 * keeps nothing of it.
 */
export class HeldBackTransfer<Answer> {
  readonly #options: HeldBackTransferOptions<Answer>;
  readonly #body = new PassThrough({ highWaterMark: highWaterBytes });
  readonly #stop = new AbortController();
  #heldBack: Buffer | null = null;
  #written = 0;
  #sending: Promise<Answer> | null = null;
  #finished = false;

  constructor(options: HeldBackTransferOptions<Answer>) {
    this.#options = options;
    // The request tells what goes wrong.
    this.#body.on('error', () => undefined);
  }

  async write(chunk: Buffer): Promise<void> {
    if (chunk.length === 0) return;
    const before = this.#heldBack;
    this.#heldBack = chunk;
    this.#written += chunk.length;
    if (before) await this.#pass(before);
  }

  async finish(): Promise<Answer> {
    const { size, send } = this.#options;
    if (this.#written !== size) {
      throw new Error(`${size} bytes were announced, and ${this.#written} came.`);
    }
    const last = this.#heldBack ?? Buffer.alloc(0);
    if (this.#sending) this.#body.end(last);
    const answer = await (this.#sending ?? send(last, this.#stop.signal));
    this.#finished = true;
    return answer;
  }

  /** Harmless after `finish`. */
  async cancel(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    this.#stop.abort();
    await this.#sending?.catch(() => undefined);
    this.#body.destroy();
  }

  async #pass(piece: Buffer): Promise<void> {
    this.#sending ??= this.#begin();
    if (this.#body.write(piece)) return;
    await drainedOrClosed(this.#body);
    if (this.#body.destroyed) await this.#sending;
  }

  /** The body ends with its request, so that nobody waits for it to drain. The failure is kept for who awaits it. */
  #begin(): Promise<Answer> {
    const sending = this.#options.send(this.#body, this.#stop.signal);
    const stop = () => this.#body.destroy();
    sending.then(stop, stop);
    return sending;
  }
}

function drainedOrClosed(body: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      body.off('drain', end).off('close', end);
      resolve();
    };
    if (body.destroyed) end();
    else body.on('drain', end).on('close', end);
  });
}
