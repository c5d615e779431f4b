import type { AssemblyPart, OpenAssembly } from '#lib/blob/blob-assembly.ts';
import type { BlobRef } from '#lib/blob/blob-store.ts';
import { s3Errors } from '../errors.ts';
import type { MultipartPart, MultipartUpload } from '../ports.ts';
import type { S3Context } from '../s3-command.ts';

export interface AssembledParts {
  /** The object's bytes, in order: one entry for each part. */
  readonly blobs: readonly BlobRef[];
  /** Whether a part is in the blob that the store has put together. */
  readonly usesAssembly: boolean;
}

/**
 * Has the blob store put together those parts that it holds as parts of one blob. The list is settled first, so that
 * what is published cannot be another one, whoever is killed when.
 *
 * @throws InvalidPart when a part was sent again meanwhile, OperationAborted when the upload is being completed with
 *   another list, NoSuchUpload
 */
export async function assembleParts(options: {
  readonly context: S3Context;
  readonly upload: MultipartUpload;
  /** As the client lists them. */
  readonly parts: readonly MultipartPart[];
  /** All that there are. */
  readonly received: readonly MultipartPart[];
  /** Of the object. */
  readonly etag: string;
}): Promise<AssembledParts> {
  const { context, upload, parts, received, etag } = options;
  const { objects, blobs } = context;
  const listed = heldParts(parts);
  if (listed.length === 0) return { blobs: parts.map(({ blob }) => blob), usesAssembly: false };
  const { uploadId, assembly } = upload;
  if (!assembly || !blobs.assembly) {
    throw new Error('The parts of an upload are in a bucket that is not configured any more.');
  }
  const settled = await objects.multipart.settle({ uploadId, parts, etag });
  if (settled.kind === 'completing') throw s3Errors.OperationAborted();
  if (settled.kind === 'no-such-upload') throw s3Errors.NoSuchUpload();
  if (settled.kind === 'parts-changed') throw s3Errors.InvalidPart();
  const numbers = new Set(listed.map(({ partNumber }) => partNumber));
  const others = heldParts(received).filter(({ partNumber }) => !numbers.has(partNumber));
  const outcome = await blobs.assembly.complete(assembly, { listed, others });
  if (outcome.kind === 'gone') throw s3Errors.NoSuchUpload();
  if (outcome.kind === 'refused') {
    await objects.multipart.unsettle({ uploadId, etag });
    throw s3Errors.InvalidPart();
  }
  const offsets = outcome.offsets.values();
  const located = parts.map(({ blob: { name, size, receipt } }) =>
    receipt === undefined ? { name, size } : { name, size, offset: offsets.next().value ?? 0 },
  );
  return { blobs: located, usesAssembly: true };
}

/** Those that are parts of one blob, and not blobs of their own. */
function heldParts(parts: readonly MultipartPart[]): readonly AssemblyPart[] {
  return parts.flatMap(({ partNumber, blob: { size, receipt } }) =>
    receipt === undefined ? [] : [{ partNumber, size, receipt }],
  );
}

/** Forgets the parts that the blob store holds for an upload; a failure is left to the sweep. */
export async function forgetAssembly(
  context: S3Context,
  assembly: OpenAssembly | null,
): Promise<void> {
  if (!assembly || !context.blobs.assembly) return;
  await context.blobs.assembly.abort(assembly).catch(() => undefined);
  // It may have been put together before anybody could publish it.
  await context.discard([assembly.name]);
}
