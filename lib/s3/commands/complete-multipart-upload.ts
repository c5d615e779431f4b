import { checksumElements } from '../checksum-headers.ts';
import { s3Errors } from '../errors.ts';
import { assembleParts, forgetAssembly } from '../multipart/assemble-parts.ts';
import { checkCompletion } from '../multipart/check-completion.ts';
import { loadParts } from '../multipart/load-parts.ts';
import { multipartChecksum, multipartEtag } from '../multipart/multipart-sums.ts';
import { parseCompletion } from '../multipart/parse-completion.ts';
import { requireUpload } from '../multipart/require-upload.ts';
import { encodePath } from '../percent-encoding.ts';
import type { ObjectRecord } from '../ports.ts';
import { xmlResponse, type S3Command, type S3Context, type S3Response } from '../s3-command.ts';
import { checkBeforeWrite, refusalOf, parseWriteConditions } from '../write-conditions.ts';
import { writeXml } from '../xml/write-xml.ts';

/**
 * Makes the listed parts an object. The parts stay where they are and the object becomes a list of them, so that this
 * takes no longer for 10 GB; a bucket that holds them makes them one object of its own. A client that saw no answer may ask again and gets the same one.
 */
export const completeMultipartUpload: S3Command = {
  name: 'CompleteMultipartUpload',
  body: 'document',
  checksumDescribesObject: true,
  async run(context) {
    const { objects, key, credential, headers, settings } = context;
    const conditions = parseWriteConditions(headers);
    const listed = parseCompletion(context.document);
    const etag = multipartEtag(listed.map((part) => part.etag));
    const { uploadId } = await requireUpload(context);
    const received = await loadParts(objects.multipart, uploadId);
    // Looked at behind its parts: a Complete that was faster has taken them away.
    const upload = await requireUpload(context);
    if (upload.completed) {
      if (upload.completed.etag !== etag) throw s3Errors.NoSuchUpload();
      return answer(context, upload.completed);
    }
    const parts = checkCompletion({ upload, listed, received, maxBytes: settings.maxObjectBytes });
    const checksum = await multipartChecksum({ upload, parts, headers });
    const size = parts.reduce((total, part) => total + part.blob.size, 0);
    checkDeclaredSize(context, size);
    await checkBeforeWrite({ objects, key, conditions });
    const assembled = await assembleParts({ context, upload, parts, received, etag });

    const { contentType, contentEncoding, metadata } = upload;
    const completed = await objects.multipart.complete({
      uploadId,
      parts,
      object: {
        key,
        credential,
        contentType,
        contentEncoding,
        metadata,
        parts: assembled.blobs,
        size,
        etag,
        checksum,
        conditions,
        // The upload's id tells a repetition.
        clientRequest: null,
      },
    });
    if (completed.kind === 'no-such-upload') throw s3Errors.NoSuchUpload();
    if (completed.kind === 'parts-changed') throw s3Errors.InvalidPart();
    if (completed.kind === 'repeated') return answer(context, completed.object);
    if (completed.kind !== 'published') throw refusalOf(completed.kind);

    if (!assembled.usesAssembly) await forgetAssembly(context, upload.assembly);
    const used = new Set(assembled.blobs.map(({ name }) => name));
    const unused = received.map((part) => part.blob.name).filter((name) => !used.has(name));
    await context.discard(unused);
    return answer(context, completed.object);
  },
};

function checkDeclaredSize({ headers }: S3Context, size: number): void {
  const declared = headers.get('x-amz-mp-object-size');
  if (declared === undefined || Number(declared) === size) return;
  throw s3Errors.InvalidRequest(
    `The provided x-amz-mp-object-size header does not match the ${size} bytes received.`,
  );
}

function answer({ bucket, key, headers }: S3Context, object: ObjectRecord): S3Response {
  return xmlResponse(
    writeXml('CompleteMultipartUploadResult', {
      Location: `http://${headers.get('host') ?? ''}/${encodePath(`${bucket}/${key}`)}`,
      Bucket: bucket,
      Key: key,
      ETag: `"${object.etag}"`,
      ...checksumElements(object.checksum),
    }),
  );
}
