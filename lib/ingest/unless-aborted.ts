import type { Readable } from 'node:stream';

/**
 * What a promise gives, unless the signal is aborted before: then it goes on without us. For what has no cancel of its own, such as a
 * read from a bucket that has stopped answering.
 *
 * @throws the signal's reason
 */
export async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * The chunks of a stream, unless the signal is aborted before their end: then nobody waits for what was under way.
 *
 * @throws the signal's reason
 */
export async function* untilAborted(source: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]() as AsyncGenerator<Buffer, undefined>;
  try {
    for (;;) {
      const next = await unlessAborted(chunks.next(), signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const closed = chunks.return(undefined);
    closed.catch(() => undefined);
    if (!signal.aborted) await closed;
  }
}
