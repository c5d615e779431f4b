import type { BlobStore, BlobWriter } from '#lib/blob/blob-store.ts';
import { readManifest } from '#lib/blob/read-manifest.ts';
import type { ObjectRange } from '../object-range.ts';
import { BodyDigests } from '../payload/body-digests.ts';
import type { ChecksumAlgorithm } from '../payload/checksum.ts';
import { reportFullDisk, type ReceivedObject } from '../payload/receive-object.ts';
import type { ObjectRecord } from '../ports.ts';

/**
 * Copies bytes of an object into a blob of their own, so that neither object depends on how long the other is kept.
 *
 * @throws InternalError on a full disk
 */
export async function copyBytes(options: {
  readonly blobs: BlobStore;
  readonly source: ObjectRecord;
  readonly range: ObjectRange;
  readonly algorithm: ChecksumAlgorithm | null;
  /** Begins what the bytes go into; a new blob when left out. */
  readonly createWriter?: (bytes: number) => Promise<BlobWriter>;
}): Promise<ReceivedObject> {
  const { blobs, source, range, algorithm } = options;
  const { createWriter = (bytes: number) => blobs.create(bytes) } = options;
  const digests = new BodyDigests({
    mode: { kind: 'unsigned' },
    integrity: { contentMd5: null, checksum: null },
    fallbackAlgorithm: algorithm,
  });
  try {
    const writer = await createWriter(range.end - range.start);
    try {
      const bytes = readManifest({ blobs, parts: source.parts, range });
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        digests.update(chunk);
        await writer.write(chunk);
      }
      const sums = await digests.verify(new Map());
      return { ...sums, blob: await writer.publish() };
    } finally {
      await writer.discard();
    }
  } catch (cause) {
    throw reportFullDisk(cause);
  }
}
