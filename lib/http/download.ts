export interface DownloadOptions {
  readonly fileName: string;
  readonly contentType: string;
  readonly body: string | AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** An answer that browsers save as a file. */
export function download({ fileName, contentType, body }: DownloadOptions): Response {
  return new Response(typeof body === 'string' ? body : toStream(body), {
    headers: {
      'content-type': contentType,
      'content-disposition': dispositionOf(fileName),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The name in full for today's browsers (RFC 6266), and in ASCII for the others. */
function dispositionOf(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7e]|["\\%/]/g, '_');
  const full = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}

/** Reads on only as fast as the browser takes it, and stops when the browser does. */
function toStream(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
