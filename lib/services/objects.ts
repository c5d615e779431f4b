import { getDb } from '#lib/db/client.ts';
import type { ObjectIndex } from '#lib/s3/ports.ts';
import { endOfPrefix } from './objects/key-range.ts';
import { multipartIndex } from './objects/multipart-index.ts';
import { publishObject } from './objects/publish-object.ts';
import { summaryColumns, toObjectRecord, toObjectSummary } from './objects/stored-object.ts';
import { inTransaction } from './transaction.ts';

/** What the S3 endpoint knows about objects. Keys compare by their bytes: their columns are COLLATE "C". */
export const objectIndex: ObjectIndex = {
  async publish(request) {
    return inTransaction((tx) => publishObject(tx, request));
  },

  async get(key) {
    const row = await getDb().storedObject.findUnique({ where: { currentKey: key } });
    return row && toObjectRecord(row);
  },

  async list({ prefix, after, limit }) {
    const end = endOfPrefix(prefix);
    const rows = await getDb().storedObject.findMany({
      where: { currentKey: { gt: after, gte: prefix, ...(end === null ? {} : { lt: end }) } },
      orderBy: { currentKey: 'asc' },
      take: limit,
      select: summaryColumns,
    });
    return rows.map(toObjectSummary);
  },

  async describe({ key, etag, description }) {
    const { contentType, contentEncoding, metadata } = description;
    const [row] = await getDb().storedObject.updateManyAndReturn({
      where: { currentKey: key, etag },
      data: { contentType, contentEncoding, metadata: { ...metadata }, createdAt: new Date() },
    });
    return row ? toObjectRecord(row) : null;
  },

  async remove(key) {
    await getDb().storedObject.updateMany({
      where: { currentKey: key },
      data: { currentKey: null },
    });
  },

  multipart: multipartIndex,
};
