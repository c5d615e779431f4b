import { getDb } from '#lib/db/client.ts';
import type { ListedAudience } from '../../../contracts/audiences.ts';

const mostPoints = 30;

/** By audience, its last counts, the oldest first. */
export async function readTrends(
  audienceIds: readonly number[],
): Promise<ReadonlyMap<number, ListedAudience['trend']>> {
  const counts = await getDb().$queryRaw<{ id: number; size: bigint; countedAt: Date }[]>`
    SELECT wanted.id, count.size, count."countedAt"
    FROM unnest(${[...audienceIds]}::int[]) AS wanted (id) CROSS JOIN LATERAL (
      SELECT size, "countedAt" FROM "AudienceCount" WHERE "audienceId" = wanted.id
      ORDER BY "countedAt" DESC LIMIT ${mostPoints}
    ) AS count ORDER BY count."countedAt"`;
  const points = counts.map(({ id, size, countedAt }) => ({
    id,
    point: { size: Number(size), countedAt: countedAt.toISOString() },
  }));
  return new Map(
    [...Map.groupBy(points, ({ id }) => id)].map(([id, own]) => [
      id,
      own.map(({ point }) => point),
    ]),
  );
}
