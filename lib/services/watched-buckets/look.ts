import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { connect, readKey } from './connect.ts';
import { explainError } from './explain-error.ts';
import { listNews } from './list-news.ts';
import { takeFile } from './take-file.ts';

/** Tables whose buckets are to be looked at now, those that wait longest first. */
export async function listDueBuckets(): Promise<readonly number[]> {
  const due = await getDb().watchedBucket.findMany({
    where: { paused: false, nextLookAt: { lte: new Date() }, table: { archived: false } },
    orderBy: { nextLookAt: 'asc' },
    select: { tableId: true },
  });
  return due.map(({ tableId }) => tableId);
}

/**
 * Looks into a table's bucket and takes what is new, oldest first. A fault ends the look and is kept to be shown: files behind
 * it must not overtake it.
 *
 * @returns the fault as it came, for the log, or null
 */
export async function lookIntoBucket(
  blobs: BlobStore,
  tableId: number,
  signal: AbortSignal,
): Promise<unknown> {
  const found = await getDb().watchedBucket.findUnique({
    where: { tableId },
    include: { table: true },
  });
  if (!found || found.paused || found.table.archived || found.nextLookAt > new Date()) return null;
  const { table, ...watched } = found;
  let fault: unknown = null;
  try {
    const client = connect(watched, readKey(watched));
    try {
      for (const file of await listNews({ client, watched, signal })) {
        signal.throwIfAborted();
        await takeFile({ client, blobs, watched, table, signal }, file);
      }
    } finally {
      client.destroy();
    }
  } catch (error) {
    // Not the bucket's fault; another worker looks.
    if (signal.aborted) return null;
    fault = error;
  }
  const nextLookAt = new Date(Date.now() + watched.pollSeconds * 1000);
  await getDb().watchedBucket.updateMany({
    // Unless it was asked to look again meanwhile.
    where: { tableId, nextLookAt: watched.nextLookAt },
    data: { nextLookAt },
  });
  await getDb().watchedBucket.updateMany({
    where: { tableId, endpoint: watched.endpoint, bucket: watched.bucket },
    data: { lastLookAt: new Date(), lastError: fault === null ? null : explainError(fault) },
  });
  return fault;
}
