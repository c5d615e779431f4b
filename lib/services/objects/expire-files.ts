import type { BlobStore } from '#lib/blob/blob-store.ts';
import { getDb } from '#lib/db/client.ts';
import { removeObject } from './remove-object.ts';

const day = 24 * 3_600_000;
/** A file that was not loaded can be read in again, which takes a person. */
const leastDaysOfUnloaded = 7;
const pageSize = 100;

/**
 * Removes files whose time is over, as their tables say: so many days after they were loaded, or as soon as they are.
 * Folder markers and hidden files are not loaded, and stay.
 *
 * @returns how many files were removed.
 */
export async function expireFiles(blobs: BlobStore, now = Date.now()): Promise<number> {
  const tables = await getDb().table.findMany({
    where: { keepFilesDays: { not: null } },
    select: { id: true, keepFilesDays: true },
  });
  let removed = 0;
  for (const { id, keepFilesDays } of tables) {
    for (;;) {
      const expired = await findExpired({ tableId: id, days: keepFilesDays ?? 0, now });
      for (const objectId of expired) await removeObject(blobs, objectId);
      removed += expired.length;
      if (expired.length < pageSize) break;
    }
  }
  return removed;
}

async function findExpired(options: {
  readonly tableId: number;
  readonly days: number;
  readonly now: number;
}): Promise<readonly string[]> {
  const { tableId, days, now } = options;
  const before = (count: number) => ({ lte: new Date(now - count * day) });
  const rows = await getDb().storedObject.findMany({
    where: {
      tableId,
      upload: {
        OR: [
          { state: { in: ['completed', 'completed_with_errors'] }, finishedAt: before(days) },
          {
            state: { in: ['failed', 'cancelled'] },
            finishedAt: before(Math.max(days, leastDaysOfUnloaded)),
          },
        ],
      },
    },
    select: { id: true },
    take: pageSize,
  });
  return rows.map(({ id }) => id);
}
