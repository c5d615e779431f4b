import type { BlobStore } from '#lib/blob/blob-store.ts';
import { roleConfig } from '#lib/config/role-config.ts';
import { getDb, type DbTransaction } from '#lib/db/client.ts';
import { terminalUploadStates } from '../../contracts/uploads.ts';
import { parseParts } from './stored-object.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Bytes on their way to being an object, or to being removed, are younger than this. */
const grace = day;
/** How long a version that was replaced or deleted is kept after it was read in, to retry it or to look at it. */
const replacedLife = 14 * day;

const pageSize = 500;

/**
 * Gives back the room of what nobody needs: abandoned multipart uploads, versions that were replaced long
 * ago, and blobs that nothing names. Safe beside all other work and beside itself.
 *
 * @returns how many blobs were removed.
 */
export async function sweepStorage(blobs: BlobStore, now = Date.now()): Promise<number> {
  await getDb().multipartUpload.deleteMany({
    where: { createdAt: { lt: new Date(now - roleConfig().multipartMaxAgeDays * day) } },
  });
  await forgetReplacedVersions(new Date(now - replacedLife));
  const needed = await readNeededBlobs();
  await blobs.sweep(new Date(now - grace), needed);
  const unneeded: string[] = [];
  for await (const { name, publishedAt } of blobs.list()) {
    if (publishedAt.getTime() < now - grace && !needed.has(name)) unneeded.push(name);
  }
  await blobs.remove(unneeded);
  return unneeded.length;
}

async function forgetReplacedVersions(before: Date): Promise<void> {
  await getDb().storedObject.deleteMany({
    where: {
      currentKey: null,
      createdAt: { lt: before },
      OR: [
        { upload: null },
        { upload: { state: { in: [...terminalUploadStates] }, finishedAt: { lt: before } } },
      ],
    },
  });
}

/** All in one snapshot: a part that becomes an object's meanwhile is then found in one of the two. */
async function readNeededBlobs(): Promise<ReadonlySet<string>> {
  return getDb().$transaction(
    async (tx) => {
      const needed = new Set<string>();
      const parts = await tx.multipartPart.findMany({ select: { blobName: true } });
      for (const { blobName } of parts) needed.add(blobName);
      // A bucket dates what was put together from when that began.
      const open = await tx.multipartUpload.findMany({
        where: { completedAt: null, blobName: { not: null } },
        select: { blobName: true },
      });
      for (const { blobName } of open) if (blobName !== null) needed.add(blobName);
      for await (const name of readObjectBlobs(tx)) needed.add(name);
      const rejects = await tx.rejectFile.findMany({ select: { blobName: true } });
      for (const { blobName } of rejects) needed.add(blobName);
      const exports = await tx.privacyRequest.findMany({
        where: { resultBlob: { not: null } },
        select: { resultBlob: true },
      });
      for (const { resultBlob } of exports) if (resultBlob !== null) needed.add(resultBlob);
      return needed;
    },
    { isolationLevel: 'RepeatableRead', timeout: hour },
  );
}

async function* readObjectBlobs(tx: DbTransaction): AsyncGenerator<string> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await tx.storedObject.findMany({
      where: { id: { gt: last } },
      orderBy: { id: 'asc' },
      take: pageSize,
      select: { id: true, parts: true },
    });
    for (const { parts } of page) yield* parseParts(parts).map(({ name }) => name);
    const end = page.at(-1);
    if (!end) return;
    last = end.id;
  }
}
