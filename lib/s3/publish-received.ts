import { fullObjectChecksum } from './checksum-headers.ts';
import type { ReceivedObject } from './payload/receive-object.ts';
import type { ObjectDescription, ObjectRecord, WriteConditions } from './ports.ts';
import type { RequestHeaders } from './request-headers.ts';
import type { S3Context } from './s3-command.ts';
import { refusalOf } from './write-conditions.ts';

/**
 * Makes one blob the object of the request's key; when the conditions do not hold, it is removed.
 *
 * @throws PreconditionFailed, NoSuchKey, InvalidAccessKeyId when the key was ended meanwhile
 */
export async function publishReceived(
  context: S3Context,
  options: {
    readonly description: ObjectDescription;
    readonly conditions: WriteConditions;
    readonly received: ReceivedObject;
  },
): Promise<ObjectRecord> {
  const { description, conditions, received } = options;
  const { blob, md5, checksum } = received;
  const { contentType, contentEncoding, metadata } = description;
  const published = await context.objects.publish({
    key: context.key,
    credential: context.credential,
    contentType,
    contentEncoding,
    metadata,
    parts: [blob],
    size: blob.size,
    etag: md5.toString('hex'),
    checksum: fullObjectChecksum(checksum),
    conditions,
    clientRequest: parseClientRequest(context.headers),
  });
  if (published.kind === 'published') return published.object;
  await context.discard([blob.name]);
  if (published.kind === 'repeated') return published.object;
  throw refusalOf(published.kind);
}

/** The AWS SDKs and the command line give every request an id, and keep it when they try again. */
function parseClientRequest(headers: RequestHeaders): string | null {
  const id = headers.get('amz-sdk-invocation-id') ?? '';
  return /^[\w-]{16,64}$/.test(id) ? id : null;
}
