import { getDb } from '#lib/db/client.ts';

/** Of counts older than a month, keeps the last one of each day. */
export async function thinCounts(): Promise<void> {
  await getDb().$executeRaw`
    DELETE FROM "AudienceCount" AS count USING (
      SELECT id, row_number() OVER (
        PARTITION BY "audienceId", date_trunc('day', "countedAt", 'UTC') ORDER BY "countedAt" DESC, id DESC
      ) AS place
      FROM "AudienceCount" WHERE "countedAt" < date_trunc('day', now(), 'UTC') - interval '30 days'
    ) AS old
    WHERE count.id = old.id AND old.place > 1
      AND NOT EXISTS (SELECT FROM "Audience" WHERE "lastCountId" = count.id)`;
}
