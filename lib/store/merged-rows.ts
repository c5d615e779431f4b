import type { Connection } from './pool.ts';

/** What the merged rows of an upload's current batch amount to. */
export interface MergedRows {
  /** That are merged as a whole. */
  readonly partitions: number;
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
}

/** Sums up and forgets the notes of merged partitions; the caller adds the sums to the upload. */
export async function takeMergedRows(
  connection: Connection,
  uploadId: number,
): Promise<MergedRows> {
  const { rows } = await connection.query<Record<keyof MergedRows, string>>(
    `WITH taken AS (DELETE FROM profiles.upload_merge WHERE upload_id = $1 RETURNING *)
     SELECT count(*) FILTER (WHERE is_done) AS partitions, COALESCE(sum(rows), 0) AS rows,
            COALESCE(sum(created), 0) AS created, COALESCE(sum(changed), 0) AS changed
     FROM taken`,
    [uploadId],
  );
  const [row] = rows;
  return {
    partitions: Number(row?.partitions ?? 0),
    rows: Number(row?.rows ?? 0),
    created: Number(row?.created ?? 0),
    changed: Number(row?.changed ?? 0),
  };
}
