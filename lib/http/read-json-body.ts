import { errors } from '../core/errors.ts';

const defaultBodyLimit = 1024 * 1024;

/**
 * Reads a JSON body of at most `limit` bytes.
 *
 * @throws `unsupported-media-type` (415), `too-large` (413), `invalid` (400)
 */
export async function readJsonBody(request: Request, limit = defaultBodyLimit): Promise<unknown> {
  requireJson(request.headers.get('content-type'));
  const bytes = await readBytes(request, limit);
  const text = decodeUtf8(bytes);
  if (text.trim() === '') throw errors.invalid('The request has no body; send JSON.');
  try {
    return JSON.parse(text);
  } catch {
    throw errors.invalid('The body is not valid JSON.');
  }
}

function requireJson(contentType: string | null): void {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'application/json') return;
  throw errors.unsupportedMediaType('Send the body as JSON, with Content-Type: application/json.');
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw errors.invalid('The body is not valid UTF-8.');
  }
}

function tooLarge(limit: number) {
  return errors.tooLarge(`The body is larger than ${limit.toLocaleString('en-US')} bytes.`);
}
