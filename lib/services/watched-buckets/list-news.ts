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

/** Of a thousand files each, as S3 lists them. */
const mostPagesUsually = 10_000;
/** As many as one look takes; the next takes those behind. */
const mostNews = 50_000;

export interface ListNewsOptions {
  readonly client: S3Client;
  readonly watched: WatchedBucket;
  /** Ends the listing between two pages. */
  readonly signal: AbortSignal;
  readonly mostPages?: number;
}

/** The list is longer than a look can read, or has no end. */
export class EndlessListingError extends Error {
  constructor() {
    super('The list of files does not come to its end.');
    this.name = 'EndlessListingError';
  }
}

/**
 * Files whose version was not seen yet, in the order in which they were written; the oldest where there are very many.
 *
 * @throws EndlessListingError
 */
export async function listNews(options: ListNewsOptions): Promise<readonly FoundFile[]> {
  const { client, watched, signal, mostPages = mostPagesUsually } = options;
  let news: FoundFile[] = [];
  let pages = 0;
  const { bucket: Bucket, prefix: Prefix } = watched;
  for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    signal.throwIfAborted();
    pages += 1;
    if (pages > mostPages) throw new EndlessListingError();
    const found: FoundFile[] = [];
    for (const { Key: key = '', ETag: etag = '', LastModified, Size = 0 } of page.Contents ?? []) {
      if (!LastModified || !isLoadable(Prefix, key)) continue;
      if (watched.since && LastModified < watched.since) continue;
      found.push({ key, etag, modifiedAt: LastModified, size: Size });
    }
    news.push(...(await withoutSeen(watched.tableId, found)));
    if (news.length > 2 * mostNews) news = news.sort(byAge).slice(0, mostNews);
  }
  return news.sort(byAge).slice(0, mostNews);
}

function byAge(a: FoundFile, b: FoundFile): number {
  return a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.key < b.key ? -1 : 1);
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
