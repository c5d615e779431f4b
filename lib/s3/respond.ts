import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { S3Error } from './errors.ts';
import type { RequestBody } from './request-body.ts';
import type { S3Response } from './s3-command.ts';
import { writeXml } from './xml/write-xml.ts';

export interface AnswerOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody;
  /** Sent with every answer to the request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly idleTimeoutMs: number;
}

/** Sends what a command answers. Rejects when the client goes away in the middle of a stream. */
export async function sendResponse(
  options: AnswerOptions & { readonly result: S3Response },
): Promise<void> {
  const { response, result, headers, request, idleTimeoutMs } = options;
  const { status, body } = result;
  if (body === undefined || typeof body === 'string') {
    const isHead = request.method === 'HEAD';
    const length = isHead || status === 204 || status === 304 ? {} : contentLength(body ?? '');
    const type = body === undefined ? {} : { 'content-type': 'application/xml' };
    response.writeHead(status, { ...length, ...type, ...result.headers, ...headers });
    response.end(body);
    return;
  }
  response.writeHead(status, { ...result.headers, ...headers });
  request.socket.setTimeout(idleTimeoutMs);
  await pipeline(body, response);
}

/** Sends an error, and sees to it that a client which is still sending its body gets to read it. */
export async function sendError(
  options: AnswerOptions & { readonly failure: S3Error; readonly requestId: string },
): Promise<void> {
  const { response, request, body, headers, failure, requestId } = options;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text =
    request.method === 'HEAD' ? '' : errorDocument(failure, request.url ?? '', requestId);
  const type = text === '' ? {} : { ...contentLength(text), 'content-type': 'application/xml' };
  const connection = body.isConsumed ? {} : { connection: 'close' };
  response.writeHead(failure.status, { ...type, ...failure.headers, ...headers, ...connection });
  if (!body.isConsumed) {
    response.write(text);
    await body.drain();
    response.end();
    return;
  }
  response.end(text);
}

function errorDocument(failure: S3Error, url: string, requestId: string): string {
  const node = {
    Code: failure.code,
    Message: failure.message,
    ...failure.details,
    Resource: url.replace(/\?.*$/s, ''),
    RequestId: requestId,
    HostId: requestId,
  };
  return writeXml('Error', node, { namespaced: false });
}

function contentLength(text: string): Record<string, string> {
  return { 'content-length': String(Buffer.byteLength(text)) };
}
