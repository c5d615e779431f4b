import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { getDb } from '#lib/db/client.ts';
import type { WatchedBucket } from '#lib/db/generated/client.ts';
import { isIngestible } from '#lib/s3/object-key.ts';

/** One version of a file in a watched bucket. */
export interface FoundFile {
  readonly key: string;
  /** As the server writes it. */
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly size: number;
}

/** Files whose version was not seen yet, in the order in which they were written. */
export async function listNews(
  client: S3Client,
  watched: WatchedBucket,
): Promise<readonly FoundFile[]> {
  const news: FoundFile[] = [];
  const { bucket: Bucket, prefix: Prefix } = watched;
  for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    const found: FoundFile[] = [];
    for (const { Key: key = '', ETag: etag = '', LastModified, Size = 0 } of page.Contents ?? []) {
      if (!LastModified || !isLoadable(Prefix, key)) continue;
      if (watched.since && LastModified < watched.since) continue;
      found.push({ key, etag, modifiedAt: LastModified, size: Size });
    }
    news.push(...(await withoutSeen(watched.tableId, found)));
  }
  return news.sort(
    (a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.key < b.key ? -1 : 1),
  );
}

/** Whether a key below the prefix is a file, rather than a folder marker or a hidden file. */
export function isLoadable(prefix: string, key: string): boolean {
  return key.startsWith(prefix) && isIngestible(relativeKey(prefix, key));
}

/** The key from the prefix's last folder on: `daily/2026-11-24.csv` of `exports/daily/2026-11-24.csv` below `exports/`. */
export function relativeKey(prefix: string, key: string): string {
  return key.slice(prefix.lastIndexOf('/') + 1);
}

async function withoutSeen(
  tableId: number,
  found: readonly FoundFile[],
): Promise<readonly FoundFile[]> {
  const seen = await getDb().watchedFile.findMany({
    where: { tableId, key: { in: found.map(({ key }) => key) } },
    select: { key: true, etag: true, modifiedAt: true },
  });
  const versions = new Map(seen.map((file) => [file.key, file]));
  return found.filter((file) => !isSameVersion(file, versions.get(file.key)));
}

export function isSameVersion(
  file: Pick<FoundFile, 'etag' | 'modifiedAt'>,
  seen: Pick<FoundFile, 'etag' | 'modifiedAt'> | null | undefined,
): boolean {
  return seen?.etag === file.etag && seen.modifiedAt.getTime() === file.modifiedAt.getTime();
}
