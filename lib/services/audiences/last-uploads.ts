import { getDb } from '#lib/db/client.ts';

/** When a file last changed each of a service's tables; tables that none has are left out. */
export async function lastUploads(serviceId: number | null): Promise<ReadonlyMap<number, Date>> {
  // Uploads of a table apply in their order, so the last one is the latest.
  const rows = await getDb().$queryRaw<{ tableId: number; finishedAt: Date | null }[]>`
    SELECT id AS "tableId", (
      SELECT "finishedAt" FROM "Upload"
      WHERE "tableId" = "Table".id AND "finishedAt" IS NOT NULL AND "rowsChanged" > 0 AND NOT "checkOnly"
      ORDER BY sequence DESC LIMIT 1
    ) AS "finishedAt"
    FROM "Table" WHERE "serviceId" = ${serviceId}`;
  return new Map(
    rows.flatMap(({ tableId, finishedAt }) => (finishedAt ? [[tableId, finishedAt]] : [])),
  );
}
