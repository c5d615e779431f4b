import {
  countKeptRejects,
  findRejects,
  readRejects,
  readRejectsLayout,
  type RejectFilter,
} from '#lib/ingest/read-rejects.ts';
import { getDb } from '#lib/db/client.ts';
import {
  wholeRow,
  type ListRejectsParameters,
  type RejectPage,
  type RejectedRow,
} from '../../contracts/uploads.ts';
import { rejectMessage } from '../../core/csv/reject-messages.ts';
import type { Column, Reject } from '../../core/csv/types.ts';
import type { Actor } from '../actor.ts';
import { getBlobStore } from '../blob-store.ts';
import { requireUpload } from './visible-upload.ts';

/** Characters of a row that are shown. */
const shownRow = 2_000;

/** One page of the rejected rows that were kept, or of those with one code or column, in the order of the file. */
export async function listRejects(
  actor: Actor,
  uploadId: number,
  { page, perPage, code, column }: ListRejectsParameters,
): Promise<RejectPage> {
  await requireUpload(getDb(), actor, uploadId);
  const blobs = await getBlobStore();
  const layout = await readRejectsLayout(uploadId);
  const columns = layout?.columns ?? [];
  const wanted = { blobs, uploadId, from: (page - 1) * perPage, limit: perPage };
  if (code !== undefined || column !== undefined) {
    const { rows, total } = await findRejects(wanted, toFilter({ code, column }));
    return { items: rows.map((reject) => toRejectedRow(reject, columns)), total };
  }
  const items: RejectedRow[] = [];
  for await (const reject of readRejects(wanted)) items.push(toRejectedRow(reject, columns));
  return { items, total: await countKeptRejects(uploadId) };
}

function toFilter({ code, column }: Pick<ListRejectsParameters, 'code' | 'column'>): RejectFilter {
  return {
    ...(code === undefined ? {} : { code }),
    ...(column === undefined ? {} : { column: column === wholeRow ? null : column }),
  };
}

function toRejectedRow(reject: Reject, columns: readonly Column[]): RejectedRow {
  const raw = reject.raw.toString('utf8', 0, shownRow * 4);
  return {
    line: reject.line,
    byteOffset: reject.byteOffset,
    column: reject.column,
    code: reject.code,
    value: reject.value,
    message: rejectMessage(reject, columns),
    raw: raw.slice(0, shownRow).toWellFormed(),
  };
}
