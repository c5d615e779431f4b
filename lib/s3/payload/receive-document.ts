import { s3Errors } from '../errors.ts';
import type { RequestBody } from '../request-body.ts';
import type { RequestHeaders } from '../request-headers.ts';
import { BodyDigests } from './body-digests.ts';
import { parseContentMd5, parseIntegrity, type DeclaredIntegrity } from './integrity.ts';
import type { PayloadMode } from './payload-mode.ts';

const maxBytes = 2 * 1024 * 1024;

export interface ReceiveDocumentOptions {
  readonly body: RequestBody;
  readonly headers: RequestHeaders;
  readonly mode: PayloadMode;
  /** False where checksum headers speak of the object to come, as in CompleteMultipartUpload. */
  readonly checksumIsOfBody: boolean;
}

/**
 * Takes a body that is not an object, XML or nothing at all, and compares it with what was declared.
 *
 * @throws InvalidArgument for the streaming modes, which are for objects only; MalformedXML above 2 MiB
 */
export async function receiveDocument(options: ReceiveDocumentOptions): Promise<string> {
  const { body, headers, mode, checksumIsOfBody } = options;
  if (mode.kind === 'chunked') {
    throw s3Errors.InvalidArgument(
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, or a valid sha256 value.',
    );
  }
  const integrity = declaredIntegrity({ headers, mode, checksumIsOfBody });
  if ((body.declaredLength ?? 0) > maxBytes) throw tooLong();

  const digests = new BodyDigests({ mode, integrity, fallbackAlgorithm: null });
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of body.read()) {
    received += chunk.length;
    if (received > maxBytes) throw tooLong();
    digests.update(chunk);
    chunks.push(chunk);
  }
  await digests.verify(new Map());
  return Buffer.concat(chunks).toString('utf8');
}

function declaredIntegrity(options: Omit<ReceiveDocumentOptions, 'body'>): DeclaredIntegrity {
  const { headers, mode, checksumIsOfBody } = options;
  const parsed = checksumIsOfBody ? parseIntegrity(headers, mode) : parseContentMd5(headers);
  if (!parsed.ok) throw parsed.error;
  const { value } = parsed;
  return value === null || Buffer.isBuffer(value) ? { contentMd5: value, checksum: null } : value;
}

function tooLong() {
  return s3Errors.MalformedXML('The XML you provided is longer than 2 MiB.');
}
