import { getDb } from '#lib/db/client.ts';

/** How an audience's last count stands to what is stored now. */
export interface Standing {
  readonly id: number;
  readonly projectId: number;
  /** Without a service there is nobody to count. */
  readonly serviceId: number | null;
  /**
   * All that decides what the audience means: its version and those of the audiences that it refers to, and what of its
   * attributes, tables and of the service is archived. A count of another basis is of another audience.
   */
  readonly basis: string;
  /** Tables whose rows decide, the built-in one among them: aliases say who is one profile. */
  readonly tableIds: readonly number[];
  /** Never counted, or of another basis. */
  readonly isEdited: boolean;
  /** A file changed one of the tables since the count. */
  readonly isLoaded: boolean;
  /** Of the last count; `null` without one. */
  readonly countedAt: Date | null;
  readonly activity: bigint | null;
}

/**
 * Standings of some audiences, or of all that are in use.
 *
 * @param audienceIds left out: all that are not archived and have a service.
 */
export function readStandings(audienceIds?: readonly number[]): Promise<Standing[]> {
  const ids = audienceIds === undefined ? null : [...audienceIds];
  return getDb().$queryRaw<Standing[]>`
    WITH RECURSIVE wanted AS (
      SELECT a.id, a."projectId", a."lastCountId", p."serviceId"
      FROM "Audience" AS a JOIN "Project" AS p ON p.id = a."projectId"
      WHERE CASE WHEN ${ids}::int[] IS NULL THEN NOT a.archived AND p."serviceId" IS NOT NULL
                 ELSE a.id = ANY(${ids}::int[]) END
    ), reach AS (
      SELECT id AS root, id FROM wanted
      UNION
      SELECT reach.root, part.id
      FROM reach JOIN "Audience" AS a ON a.id = reach.id, unnest(a."audienceIds") AS part (id)
    ), deciding AS (
      SELECT reach.root, part.id AS "tableId"
      FROM reach JOIN "Audience" AS a ON a.id = reach.id, unnest(a."tableIds") AS part (id)
      UNION
      SELECT wanted.id, t.id FROM wanted
      JOIN "Table" AS t ON t."serviceId" = wanted."serviceId" AND t."isOptimizely"
    ), loads AS (
      -- Uploads of a table apply in their order, so the last one is the latest.
      SELECT t.id AS "tableId", (
        SELECT "finishedAt" FROM "Upload"
        WHERE "tableId" = t.id AND "finishedAt" IS NOT NULL AND NOT "checkOnly"
          AND ("rowsChanged" > 0 OR "rowsCreated" > 0)
        ORDER BY sequence DESC LIMIT 1
      ) AS "finishedAt"
      FROM "Table" AS t WHERE t.id IN (SELECT "tableId" FROM deciding)
    ), touched AS (
      SELECT root, array_agg("tableId" ORDER BY "tableId") AS "tableIds",
             max("finishedAt") AS "finishedAt"
      FROM deciding LEFT JOIN loads USING ("tableId") GROUP BY root
    ), parts AS (
      SELECT reach.root, string_agg(concat(a.id, ':', a.version, ':', a.archived, ':', (
          SELECT string_agg(attribute.id::text, ',' ORDER BY attribute.id)
          FROM "Attribute" AS attribute JOIN "Table" AS t ON t.id = attribute."tableId"
          WHERE attribute.id = ANY(a."attributeIds")
            AND (attribute."archivedAt" IS NOT NULL OR t.archived)
        )), ' ' ORDER BY a.id) AS versions
      FROM reach JOIN "Audience" AS a ON a.id = reach.id GROUP BY reach.root
    ), services AS (
      SELECT service.id, (
        SELECT string_agg(t.id::text, ',' ORDER BY t.id) FROM "Table" AS t
        WHERE t."serviceId" = service.id AND t.archived
      ) AS archived
      FROM "Service" AS service WHERE service.id IN (SELECT "serviceId" FROM wanted)
    ), standing AS (
      SELECT wanted.*, md5(concat(wanted."serviceId", ' ', services.archived, ' ', parts.versions)) AS basis,
             COALESCE(touched."tableIds", '{}') AS "tableIds", touched."finishedAt"
      FROM wanted JOIN parts ON parts.root = wanted.id
      LEFT JOIN touched ON touched.root = wanted.id
      LEFT JOIN services ON services.id = wanted."serviceId"
    )
    SELECT standing.id, standing."projectId", standing."serviceId", standing.basis,
           standing."tableIds", count."countedAt", count.activity,
           count.id IS NULL OR count.basis <> standing.basis AS "isEdited",
           COALESCE(standing."finishedAt" > count."countedAt", FALSE) AS "isLoaded"
    FROM standing LEFT JOIN "AudienceCount" AS count ON count.id = standing."lastCountId"
    ORDER BY standing.id`;
}

/** The same by audience. */
export async function standingsOf(
  audienceIds: readonly number[],
): Promise<ReadonlyMap<number, Standing>> {
  const standings = await readStandings(audienceIds);
  return new Map(standings.map((standing) => [standing.id, standing]));
}
