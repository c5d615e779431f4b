import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { s3Errors } from './errors.ts';
import { GarbageCollector } from './garbage-collector.ts';
import type { RequestHeaders } from './request-headers.ts';

/** After an early answer, this much of the body is still read, so that the client gets to see the answer. */
const drainBytes = 4 * 1024 * 1024;
const drainMs = 3000;

/** Of the bodies of all connections together. */
const garbage = new GarbageCollector({ young: 4 * 1024 ** 2, all: 1024 ** 3 });

export interface RequestBodyOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: RequestHeaders;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  /** The connection is cut after this long without a byte of the body. */
  readonly idleTimeoutMs: number;
  /** What the client has to send on average while we wait that long for it. */
  readonly minBytesPerSecond: number;
}

/** The body of a request, as bytes on the wire, not asked for before somebody wants it. */
export class RequestBody {
  readonly #options: RequestBodyOptions;
  /** Content-Length; null when the body is framed by Transfer-Encoding, or there is none. */
  readonly declaredLength: number | null;
  /** Whether the request has a body at all. */
  readonly exists: boolean;
  #opened = false;

  constructor(options: RequestBodyOptions) {
    this.#options = options;
    const length = options.headers.get('content-length');
    this.declaredLength = length === undefined ? null : Number(length);
    this.exists = options.headers.has('transfer-encoding') || (this.declaredLength ?? 0) > 0;
  }

  /** Whether every byte has been taken off the connection, so that it may serve another request. */
  get isConsumed(): boolean {
    return !this.exists || this.#options.request.readableEnded;
  }

  /**
   * Lets the client send and gives the bytes. Fails when the client goes away or falls silent.
   *
   * @throws RequestTimeout when it dribbles
   */
  async *read(): AsyncGenerator<Buffer, void, undefined> {
    if (!this.exists) return;
    const { request, response, idleTimeoutMs, expectsContinue } = this.#options;
    if (expectsContinue && !this.#opened) response.writeContinue();
    this.#opened = true;
    request.socket.setTimeout(idleTimeoutMs);
    yield* this.#paced();
    // Publishing may take longer than a client may be silent.
    request.socket.setTimeout(0);
  }

  /** Only the time that we wait for the client counts, not that for a busy disk. */
  async *#paced(): AsyncGenerator<Buffer, void, undefined> {
    const { request, idleTimeoutMs, minBytesPerSecond } = this.#options;
    // Leaving the loop early must not destroy the connection: an error has still to be answered on it.
    const chunks = request.iterator({
      destroyOnReturn: false,
    }) as AsyncIterableIterator<Buffer>;
    let waitedMs = 0;
    let bytes = 0;
    try {
      for (;;) {
        const askedAt = performance.now();
        const next = await chunks.next();
        if (next.done) return;
        waitedMs += performance.now() - askedAt;
        bytes += next.value.length;
        garbage.note(next.value.length);
        if (waitedMs >= idleTimeoutMs) {
          if (bytes < (minBytesPerSecond * waitedMs) / 1000) throw s3Errors.RequestTimeout();
          waitedMs = 0;
          bytes = 0;
        }
        yield next.value;
      }
    } finally {
      await chunks.return?.();
    }
  }

  /**
   * Reads and drops what the client is still sending, up to a bound. Closing at once would reset the connection and
   * lose the answer on its way. Call it once the answer is written.
   */
  async drain(): Promise<void> {
    const { request, expectsContinue } = this.#options;
    if (this.isConsumed || (expectsContinue && !this.#opened)) return;
    const stop = new AbortController();
    await Promise.race([
      this.#discard(),
      delay(drainMs, undefined, { signal: stop.signal }).catch(() => undefined),
    ]);
    stop.abort();
    request.pause();
  }

  async #discard(): Promise<void> {
    let dropped = 0;
    try {
      for await (const chunk of this.#options.request.iterator({
        destroyOnReturn: false,
      }) as AsyncIterableIterator<Buffer>) {
        dropped += chunk.length;
        if (dropped > drainBytes) return;
      }
    } catch {
      // The client is gone; nobody is left to answer.
    }
  }
}
