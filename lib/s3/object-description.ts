import { s3Errors } from './errors.ts';
import type { ObjectDescription } from './ports.ts';
import { headerBytes, type RequestHeaders } from './request-headers.ts';

const metadataPrefix = 'x-amz-meta-';
const mostMetadataBytes = 2048;

/**
 * Reads what a PUT says about its object.
 *
 * @throws MetadataTooLarge above 2 KiB of names and values
 */
export function describeObject(headers: RequestHeaders): ObjectDescription {
  const names = headers.names().filter((name) => name.startsWith(metadataPrefix));
  const metadata = Object.fromEntries(
    names.map((name) => [name.slice(metadataPrefix.length), headers.text(name) ?? '']),
  );
  const bytes = Object.entries(metadata).reduce(
    (total, [name, value]) => total + name.length + Buffer.byteLength(value),
    0,
  );
  if (bytes > mostMetadataBytes) throw s3Errors.MetadataTooLarge();
  return {
    contentType: headers.text('content-type') ?? null,
    contentEncoding: storedEncoding(headers),
    metadata,
  };
}

/** The headers that give a description back. */
export function descriptionHeaders(object: ObjectDescription): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(
    ([name, value]) => [metadataPrefix + name, headerBytes(value)] as const,
  );
  return {
    'content-type': headerBytes(object.contentType ?? 'binary/octet-stream'),
    ...(object.contentEncoding ? { 'content-encoding': headerBytes(object.contentEncoding) } : {}),
    ...Object.fromEntries(metadata),
  };
}

/** `aws-chunked` names the framing of a streamed upload, which is not stored. */
function storedEncoding(headers: RequestHeaders): string | null {
  const isStreamed = headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;
  const codings = (headers.text('content-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && !(isStreamed && coding.toLowerCase() === 'aws-chunked'));
  return codings.length === 0 ? null : codings.join(',');
}
