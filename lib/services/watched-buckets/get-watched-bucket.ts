import { getDb } from '#lib/db/client.ts';
import type { WatchedBucketResponse } from '../../contracts/watched-buckets.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';

const mostProblems = 5;

/** The bucket that is watched for the table, or null. */
export async function getWatchedBucket(
  actor: Actor,
  tableId: number,
): Promise<WatchedBucketResponse | null> {
  requireScope(actor, 'read-configuration');
  const table = await requireTable(getDb(), actor, tableId);
  const watched = await getDb().watchedBucket.findUnique({
    where: { tableId },
    include: {
      _count: { select: { files: { where: { problem: null } } } },
      files: { where: { problem: { not: null } }, orderBy: { seenAt: 'desc' }, take: mostProblems },
    },
  });
  if (!watched) return null;
  const { endpoint, bucket, region, prefix, accessKeyId, pollSeconds, paused, lastError } = watched;
  return {
    endpoint,
    bucket,
    region,
    prefix,
    accessKeyId,
    pollSeconds,
    paused,
    since: watched.since?.toISOString() ?? null,
    lastLookAt: watched.lastLookAt?.toISOString() ?? null,
    nextLookAt: paused || table.archived ? null : watched.nextLookAt.toISOString(),
    lastError,
    filesLoaded: watched._count.files,
    problems: watched.files.map(({ key, problem, seenAt }) => ({
      key,
      problem: problem ?? '',
      seenAt: seenAt.toISOString(),
    })),
  };
}
