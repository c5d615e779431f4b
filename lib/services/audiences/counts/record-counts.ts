import { getDb } from '#lib/db/client.ts';

export interface NewCount {
  readonly audienceId: number;
  readonly version: number;
  readonly basis: string;
  readonly size: number;
  readonly total: number;
  readonly milliseconds: number;
  readonly countedAt: Date;
  readonly activity: bigint;
}

/** Adds counts to the histories of their audiences, in one statement; one that was deleted meanwhile has none. */
export async function recordCounts(counts: readonly NewCount[]): Promise<void> {
  const texts = counts.map(({ activity, ...count }) => ({ ...count, activity: String(activity) }));
  await getDb().$executeRaw`
    WITH found AS (
      SELECT count.* FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS count (
        "audienceId" int, version int, basis text, size bigint, total bigint, milliseconds int,
        "countedAt" timestamptz, activity bigint
      ) JOIN "Audience" AS audience ON audience.id = count."audienceId"
      FOR KEY SHARE OF audience
    ), added AS (
      INSERT INTO "AudienceCount"
        ("audienceId", version, basis, size, total, milliseconds, "countedAt", activity)
      SELECT "audienceId", version, basis, size, total, milliseconds, "countedAt", activity FROM found
      RETURNING id, "audienceId"
    )
    UPDATE "Audience" SET "lastCountId" = added.id FROM added WHERE "Audience".id = added."audienceId"`;
}
