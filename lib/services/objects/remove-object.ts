import type { BlobStore } from '#lib/blob/blob-store.ts';
import { inTransaction } from '../transaction.ts';
import { parseParts } from './stored-object.ts';

/** A try of the same file: another object that names the same bytes. */
export interface SharingObject {
  readonly id: string;
  readonly uploadId: number | null;
}

/**
 * Removes a stored file. The bytes go too, unless a later try of the same file names them: those rows have the same
 * key. The bytes go first, so that a process that dies in between leaves a row to be removed again, and no bytes that
 * nobody knows of. A file that is gone is no error.
 *
 * @returns the objects that keep bytes of it.
 */
export async function removeObject(blobs: BlobStore, objectId: string): Promise<SharingObject[]> {
  return inTransaction(async (tx) => {
    const found = await tx.storedObject.findUnique({ where: { id: objectId } });
    if (!found) return [];
    const { tableId, key } = found;
    await tx.$executeRaw`
      SELECT 1 FROM "StoredObject" WHERE "tableId" = ${tableId} AND "key" = ${key}
      ORDER BY "id" FOR UPDATE`;
    const others = await tx.storedObject.findMany({
      where: { tableId, key, NOT: { id: objectId } },
      select: { id: true, parts: true, upload: { select: { id: true } } },
    });
    const names = new Set(parseParts(found.parts).map(({ name }) => name));
    const keepers = others.filter(({ parts }) => parseParts(parts).some((p) => names.has(p.name)));
    const needed = new Set(keepers.flatMap(({ parts }) => parseParts(parts)).map((p) => p.name));
    await blobs.remove([...names].filter((name) => !needed.has(name)));
    await tx.storedObject.deleteMany({ where: { id: objectId } });
    return keepers.map(({ id, upload }) => ({ id, uploadId: upload?.id ?? null }));
  });
}
