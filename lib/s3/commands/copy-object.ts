import { checksumElements } from '../checksum-headers.ts';
import { copyBytes } from '../copy/copy-bytes.ts';
import { requireCopySource } from '../copy/copy-source.ts';
import { s3Errors } from '../errors.ts';
import { parseChecksumSettings } from '../multipart/checksum-settings.ts';
import { describeObject } from '../object-description.ts';
import type { ObjectDescription, ObjectRecord } from '../ports.ts';
import { publishReceived } from '../publish-received.ts';
import type { RequestHeaders } from '../request-headers.ts';
import { xmlResponse, type S3Command, type S3Context } from '../s3-command.ts';
import { checkBeforeWrite, parseWriteConditions } from '../write-conditions.ts';
import { writeXml } from '../xml/write-xml.ts';

/**
 * Makes an object of another one below the same prefix: a new file, loaded like one that was sent. Copied onto
 * itself, which is how clients change its metadata, an object keeps its bytes and is not loaded again.
 */
export const copyObject: S3Command = {
  name: 'CopyObject',
  body: 'none',
  checksumDescribesObject: true,
  async run(context) {
    const { key, headers, objects } = context;
    const conditions = parseWriteConditions(headers);
    const { checksumAlgorithm } = parseChecksumSettings(headers);
    const replacement = parseReplacement(headers);
    const source = await requireCopySource(context);
    await checkBeforeWrite({ objects, key, conditions });
    if (source.key === key) return answer(await describeAgain(context, source, replacement));

    const received = await copyBytes({
      blobs: context.blobs,
      source,
      range: { start: 0, end: source.size },
      algorithm: checksumAlgorithm ?? source.checksum?.algorithm ?? null,
    });
    const description = replacement ?? source;
    return answer(await publishReceived(context, { description, conditions, received }));
  },
};

/** The new description when the request brings one; null to take that of the source. */
function parseReplacement(headers: RequestHeaders): ObjectDescription | null {
  const directive = headers.get('x-amz-metadata-directive')?.trim().toUpperCase() ?? 'COPY';
  if (directive === 'COPY') return null;
  if (directive === 'REPLACE') return describeObject(headers);
  throw s3Errors.InvalidArgument('Unknown metadata directive.');
}

async function describeAgain(
  { objects }: S3Context,
  { key, etag }: ObjectRecord,
  description: ObjectDescription | null,
): Promise<ObjectRecord> {
  if (!description) {
    throw s3Errors.InvalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const described = await objects.describe({ key, etag, description });
  if (!described) throw s3Errors.NoSuchKey();
  return described;
}

function answer(object: ObjectRecord) {
  return xmlResponse(
    writeXml('CopyObjectResult', {
      LastModified: object.modifiedAt.toISOString(),
      ETag: `"${object.etag}"`,
      ...checksumElements(object.checksum),
    }),
  );
}
