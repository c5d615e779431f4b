import type { AppliedSlice } from './apply-rows.ts';
import type { Connection } from './pool.ts';
import type { Claim } from './upload-claim.ts';

/*
 * How far one staged partition of an upload's current batch is merged. A note is written in the transaction that
 * merges what it tells of.
 */

interface Merge {
  readonly claim: Claim;
  readonly batch: number;
  readonly partition: number;
}

export interface MergeNote {
  /** Of the sorted rows, to go on with; `null` when they are to be sorted. */
  readonly page: number | null;
  readonly isDone: boolean;
  /** Counted so far. */
  readonly rows: number;
}

export async function readNote(
  connection: Connection,
  { claim, batch, partition }: Merge,
): Promise<MergeNote | null> {
  const { rows } = await connection.query<MergeNote>(
    `SELECT page, is_done AS "isDone", rows::float8 AS rows FROM profiles.upload_merge
     WHERE upload_id = $1 AND batch = $2 AND partition = $3`,
    [claim.uploadId, batch, partition],
  );
  return rows[0] ?? null;
}

export interface NewNote extends Omit<MergeNote, 'rows'> {
  readonly done: AppliedSlice;
}

/** Adds what was done. A cancel may have taken the note away, with what it counted. */
export async function writeNote(
  connection: Connection,
  { claim, batch, partition }: Merge,
  { done, page, isDone }: NewNote,
): Promise<void> {
  await connection.query(
    `INSERT INTO profiles.upload_merge AS note
       (upload_id, batch, partition, rows, created, changed, page, is_done)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (upload_id, batch, partition) DO UPDATE SET
       rows = note.rows + EXCLUDED.rows, created = note.created + EXCLUDED.created,
       changed = note.changed + EXCLUDED.changed, page = EXCLUDED.page, is_done = EXCLUDED.is_done`,
    [claim.uploadId, batch, partition, done.rows, done.created, done.changed, page, isDone],
  );
}
