import type { BlobStore } from '#lib/blob/blob-store.ts';
import type { DbTransaction } from '#lib/db/client.ts';
import { inTransaction } from '../transaction.ts';
import { parseParts } from './stored-object.ts';

/** A try of the same file: another object that names the same bytes. */
interface SharingObject {
  readonly id: string;
  readonly uploadId: number | null;
}

interface RemovedObject {
  /** Blobs that nothing names any more. */
  readonly blobNames: readonly string[];
  /** Objects that keep bytes of it. */
  readonly sharing: readonly SharingObject[];
}

/** What else is to hold when the object is gone, in the same transaction. */
type Record = (tx: DbTransaction, removed: RemovedObject) => Promise<void>;

/**
 * Removes a stored file. The bytes go too, unless a later try of the same file names them: those rows have the same
 * key. The row goes first, and the bytes when that holds: no row ever names bytes that are gone, and a store that
 * is slow holds no lock. Bytes that are left behind, because the store or the process failed, are named by nothing, and the sweep
 * takes them; who cannot wait for it records their names. A file that is gone is no error.
 *
 * @throws what the store failed with; the row is gone then.
 */
export async function removeObject(
  blobs: BlobStore,
  objectId: string,
  record?: Record,
): Promise<void> {
  const removed = await inTransaction(async (tx) => {
    const found = await forgetObject(tx, objectId);
    await record?.(tx, found);
    return found;
  });
  await blobs.remove(removed.blobNames);
}

async function forgetObject(tx: DbTransaction, objectId: string): Promise<RemovedObject> {
  const found = await tx.storedObject.findUnique({ where: { id: objectId } });
  if (!found) return { blobNames: [], sharing: [] };
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
  await tx.storedObject.deleteMany({ where: { id: objectId } });
  return {
    blobNames: [...names].filter((name) => !needed.has(name)),
    sharing: keepers.map(({ id, upload }) => ({ id, uploadId: upload?.id ?? null })),
  };
}
