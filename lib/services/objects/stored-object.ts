import { z } from 'zod';
import { blobRefs } from '#lib/blob/blob-ref.ts';
import type { BlobRef } from '#lib/blob/blob-store.ts';
import type { Prisma, StoredObject } from '#lib/db/generated/client.ts';
import { checksumAlgorithms, checksumTypes, type Checksum } from '#lib/s3/payload/checksum.ts';
import type { ObjectRecord, ObjectSummary } from '#lib/s3/ports.ts';

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

/** The columns that a listing needs; an object of many parts is long. */
export const summaryColumns = {
  key: true,
  sizeBytes: true,
  etag: true,
  checksumAlgorithm: true,
  checksumValue: true,
  checksumType: true,
  createdAt: true,
} as const satisfies Prisma.StoredObjectSelect;

type SummaryRow = Prisma.StoredObjectGetPayload<{ select: typeof summaryColumns }>;

export function toObjectSummary(row: SummaryRow): ObjectSummary {
  return {
    key: row.key,
    size: Number(row.sizeBytes),
    etag: row.etag,
    checksum: toChecksum(row),
    modifiedAt: row.createdAt,
  };
}

export function toObjectRecord(row: StoredObject): ObjectRecord {
  return {
    ...toObjectSummary(row),
    contentType: row.contentType,
    contentEncoding: row.contentEncoding,
    metadata: parseMetadata(row.metadata),
    parts: parseParts(row.parts),
  };
}

function toChecksum(row: SummaryRow): Checksum | null {
  if (row.checksumAlgorithm === null) return null;
  return checksum.parse({
    algorithm: row.checksumAlgorithm,
    value: row.checksumValue,
    type: row.checksumType,
  });
}

export function toPartsJson(parts: readonly BlobRef[]): Prisma.InputJsonArray {
  return parts.map(({ name, size, offset }) => ({
    name,
    size,
    ...(offset === undefined ? {} : { offset }),
  }));
}
