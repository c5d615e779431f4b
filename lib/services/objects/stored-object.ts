import { z } from 'zod';
import type { BlobRef } from '#lib/blob/blob-store.ts';
import type { Prisma, StoredObject } from '#lib/db/generated/client.ts';
import { checksumAlgorithms, checksumTypes, type Checksum } from '#lib/s3/payload/checksum.ts';
import type { ObjectRecord } from '#lib/s3/ports.ts';

const blobRefs = z.array(z.object({ name: z.string(), size: z.number() }));
const metadata = z.record(z.string(), z.string());
const checksum = z.object({
  algorithm: z.enum(checksumAlgorithms),
  value: z.string(),
  type: z.enum(checksumTypes),
});

/** Blobs of an object, in order. */
export function parseParts(parts: unknown): BlobRef[] {
  return blobRefs.parse(parts);
}

export function parseMetadata(stored: unknown): Record<string, string> {
  return metadata.parse(stored);
}

/** @throws when the row is a version that clients do not see any more. */
export function toObjectRecord(row: StoredObject): ObjectRecord {
  return {
    key: row.key,
    contentType: row.contentType,
    contentEncoding: row.contentEncoding,
    metadata: parseMetadata(row.metadata),
    size: Number(row.sizeBytes),
    etag: row.etag,
    checksum: toChecksum(row),
    parts: parseParts(row.parts),
    modifiedAt: row.createdAt,
  };
}

function toChecksum(row: StoredObject): Checksum | null {
  if (row.checksumAlgorithm === null) return null;
  return checksum.parse({
    algorithm: row.checksumAlgorithm,
    value: row.checksumValue,
    type: row.checksumType,
  });
}

export function toPartsJson(parts: readonly BlobRef[]): Prisma.InputJsonArray {
  return parts.map(({ name, size }) => ({ name, size }));
}
