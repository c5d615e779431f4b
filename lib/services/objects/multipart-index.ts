import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { MultipartPart as PartRow, MultipartUpload as Row } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { checksumAlgorithms, checksumTypes } from '#lib/s3/payload/checksum.ts';
import type {
  CompleteMultipartRequest,
  Credential,
  MultipartIndex,
  MultipartPart,
  MultipartUpload,
  PublishResult,
} from '#lib/s3/ports.ts';
import { inTransaction } from '../transaction.ts';
import { endOfPrefix } from './key-range.ts';
import { publishObject, reachableBy } from './publish-object.ts';
import { parseMetadata, toObjectRecord } from './stored-object.ts';

const algorithm = z.enum(checksumAlgorithms).nullable();
const checksumType = z.enum(checksumTypes).nullable();
const uuid = z.guid();

const noSuchUpload = { kind: 'no-such-upload' } as const;

/** State of multipart uploads. Methods that change one upload wait for each other at its row. */
export const multipartIndex: MultipartIndex = {
  async create({ credential, key, metadata, ...request }) {
    const id = randomUUID();
    await getDb().multipartUpload.create({
      data: {
        id,
        tableId: credential.tableId,
        credentialId: credential.id,
        key,
        contentType: request.contentType,
        contentEncoding: request.contentEncoding,
        metadata: { ...metadata },
        checksumAlgorithm: request.checksumAlgorithm,
        checksumType: request.checksumType,
        blobName: request.assembly?.name ?? null,
        assemblyId: request.assembly?.assemblyId ?? null,
      },
    });
    return id;
  },

  async get(uploadId) {
    if (!isUuid(uploadId)) return null;
    const row = await getDb().multipartUpload.findUnique({ where: { id: uploadId } });
    const upload = row && (await toUpload(row));
    // Nobody can go on with an upload whose object was removed since.
    return row?.completedAt && !upload?.completed ? null : upload;
  },

  async putPart({ uploadId, credential, part }) {
    return inTransaction(async (tx) => {
      const upload = await lockUpload(tx, uploadId, credential);
      if (!upload) return (await lockUpload(tx, uploadId)) ? { kind: 'key-ended' } : noSuchUpload;
      if (upload.completedAt) return noSuchUpload;
      if (upload.settledEtag !== null) return { kind: 'completing' };
      const id = { uploadId_partNumber: { uploadId, partNumber: part.partNumber } };
      const before = await tx.multipartPart.findUnique({ where: id });
      const values = {
        blobName: part.blob.name,
        receipt: part.blob.receipt ?? null,
        sizeBytes: part.blob.size,
        etag: part.etag,
        checksumValue: part.checksum,
        createdAt: new Date(),
      };
      await tx.multipartPart.upsert({
        where: id,
        create: { uploadId, partNumber: part.partNumber, ...values },
        update: values,
      });
      const replaced = before?.receipt === null ? before.blobName : null;
      return { kind: 'stored', replaced };
    });
  },

  async listParts({ uploadId, after, limit }) {
    if (!isUuid(uploadId)) return [];
    const rows = await getDb().multipartPart.findMany({
      where: { uploadId, partNumber: { gt: after } },
      orderBy: { partNumber: 'asc' },
      take: limit,
    });
    return rows.map(toPart);
  },

  async settle({ uploadId, parts, etag }) {
    return inTransaction(async (tx) => {
      const upload = await lockUpload(tx, uploadId);
      // One that is completed is answered by `complete`.
      if (!upload) return noSuchUpload;
      if (upload.settledEtag === etag) return { kind: 'settled' };
      if (upload.settledEtag !== null) return { kind: 'completing' };
      if (upload.completedAt) return noSuchUpload;
      if (!(await holdsParts(tx, { uploadId, parts }))) return { kind: 'parts-changed' };
      await tx.multipartUpload.update({ where: { id: uploadId }, data: { settledEtag: etag } });
      return { kind: 'settled' };
    });
  },

  async unsettle({ uploadId, etag }) {
    await getDb().multipartUpload.updateMany({
      where: { id: uploadId, settledEtag: etag, completedAt: null },
      data: { settledEtag: null },
    });
  },

  async complete({ uploadId, parts, object }) {
    return inTransaction(async (tx) => {
      // The table first, as everywhere, so that nobody waits in a circle.
      await lockRow(tx, 'Table', object.credential.tableId);
      const upload = await lockUpload(tx, uploadId);
      if (!upload) return noSuchUpload;
      if (upload.completedAt) return (await findCompleted(tx, upload, object.etag)) ?? noSuchUpload;
      if (!(await holdsParts(tx, { uploadId, parts }))) return { kind: 'parts-changed' };
      const result = await publishObject(tx, object);
      if (result.kind !== 'published') return result;
      await tx.multipartUpload.update({
        where: { id: uploadId },
        data: { objectId: result.objectId, completedAt: new Date() },
      });
      // Blobs of parts that were not listed are nobody's now; the sweep takes them.
      await tx.multipartPart.deleteMany({ where: { uploadId } });
      return result;
    });
  },

  async abort(uploadId) {
    return inTransaction(async (tx) => {
      const upload = await lockUpload(tx, uploadId);
      if (!upload || upload.completedAt) return null;
      const parts = await tx.multipartPart.findMany({
        where: { uploadId, receipt: null },
        select: { blobName: true },
      });
      await tx.multipartUpload.delete({ where: { id: uploadId } });
      return parts.map(({ blobName }) => blobName);
    });
  },

  async list({ prefix, afterKey, afterUploadId, limit }) {
    const end = endOfPrefix(prefix);
    const rows = await getDb().multipartUpload.findMany({
      where: {
        completedAt: null,
        key: { gte: prefix, ...(end === null ? {} : { lt: end }) },
        OR: [
          { key: { gt: afterKey } },
          { key: afterKey, ...(isUuid(afterUploadId) ? { id: { gt: afterUploadId } } : {}) },
        ],
      },
      orderBy: [{ key: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return Promise.all(rows.map(toUpload));
  },
};

function isUuid(text: string): boolean {
  return uuid.safeParse(text).success;
}

/** The upload, locked until the transaction ends; with a credential, only if that is still good. */
async function lockUpload(
  tx: DbTransaction,
  uploadId: string,
  credential?: Credential,
): Promise<Row | null> {
  if (!isUuid(uploadId)) return null;
  await tx.$executeRaw`SELECT 1 FROM "MultipartUpload" WHERE "id" = ${uploadId}::uuid FOR UPDATE`;
  return tx.multipartUpload.findUnique({
    where: { id: uploadId, ...(credential ? { table: reachableBy(credential) } : {}) },
  });
}

/** What a Complete made that was faster: the same request again gets the same answer. */
async function findCompleted(
  tx: DbTransaction,
  { objectId }: Row,
  etag: string,
): Promise<PublishResult | null> {
  if (objectId === null) return null;
  const object = await tx.storedObject.findUnique({ where: { id: objectId, etag } });
  return object && { kind: 'published', object: toObjectRecord(object) };
}

async function holdsParts(
  tx: DbTransaction,
  { uploadId, parts }: Pick<CompleteMultipartRequest, 'uploadId' | 'parts'>,
): Promise<boolean> {
  const rows = await tx.multipartPart.findMany({
    where: { uploadId },
    select: { partNumber: true, blobName: true, receipt: true },
  });
  const held = new Map(rows.map((row) => [row.partNumber, row]));
  return parts.every(({ partNumber, blob }) => {
    const row = held.get(partNumber);
    return row?.blobName === blob.name && row.receipt === (blob.receipt ?? null);
  });
}

async function toUpload(row: Row): Promise<MultipartUpload> {
  const received = await getDb().multipartPart.aggregate({
    where: { uploadId: row.id },
    _sum: { sizeBytes: true },
  });
  const completed =
    row.objectId === null
      ? null
      : await getDb().storedObject.findUnique({ where: { id: row.objectId } });
  return {
    uploadId: row.id,
    key: row.key,
    tableId: row.tableId,
    contentType: row.contentType,
    contentEncoding: row.contentEncoding,
    metadata: parseMetadata(row.metadata),
    checksumAlgorithm: algorithm.parse(row.checksumAlgorithm),
    checksumType: checksumType.parse(row.checksumType),
    createdAt: row.createdAt,
    receivedBytes: Number(received._sum.sizeBytes ?? 0),
    assembly:
      row.blobName === null || row.assemblyId === null
        ? null
        : { name: row.blobName, assemblyId: row.assemblyId },
    isCompleting: row.settledEtag !== null,
    completed: completed && toObjectRecord(completed),
  };
}

function toPart(row: PartRow): MultipartPart {
  return {
    partNumber: row.partNumber,
    blob: {
      name: row.blobName,
      size: Number(row.sizeBytes),
      ...(row.receipt === null ? {} : { receipt: row.receipt }),
    },
    etag: row.etag,
    checksum: row.checksumValue,
    modifiedAt: row.createdAt,
  };
}
