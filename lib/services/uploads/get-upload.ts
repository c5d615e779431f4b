import { z } from 'zod';
import { isStoredAtEnd } from '#lib/ingest/checkpoint.ts';
import { countKeptRejects, readRejectsLayout } from '#lib/ingest/read-rejects.ts';
import { getDb } from '#lib/db/client.ts';
import type { RejectGroup, UploadResponse } from '../../contracts/uploads.ts';
import { rejectMessage } from '../../core/csv/reject-messages.ts';
import { rejectCodes, type Column } from '../../core/csv/types.ts';
import type { Actor } from '../actor.ts';
import { requireScope } from '../permissions.ts';
import { toUploadSummary, type UploadWithTable } from './to-upload-summary.ts';
import { requireUpload } from './visible-upload.ts';
import { readWarnings } from './warnings.ts';

const rejectCode = z.enum(rejectCodes);

/** @throws `not-found` */
export async function getUpload(actor: Actor, uploadId: number): Promise<UploadResponse> {
  requireScope(actor, 'read-configuration');
  const upload = await requireUpload(getDb(), actor, uploadId);
  const layout = await readRejectsLayout(uploadId);
  const [rejectsKept, rejectGroups, sameContentAs] = await Promise.all([
    countKeptRejects(uploadId),
    listRejectGroups(uploadId, layout?.columns ?? []),
    findSameContent(upload),
  ]);
  return {
    ...toUploadSummary(upload),
    storedAtEnd: isStoredAtEnd(upload.checkpoint),
    rejectsKept,
    rejectGroups,
    warnings: readWarnings(upload.warnings),
    sameContentAs,
  };
}

/** The most frequent reasons first. */
async function listRejectGroups(
  uploadId: number,
  columns: readonly Column[],
): Promise<RejectGroup[]> {
  const groups = await getDb().rejectGroup.findMany({
    where: { uploadId },
    orderBy: [{ count: 'desc' }, { code: 'asc' }, { column: 'asc' }],
  });
  return groups.map((group) => {
    const code = rejectCode.parse(group.code);
    const column = group.column === '' ? null : group.column;
    return {
      code,
      column,
      count: Number(group.count),
      explanation: rejectMessage({ code, column }, columns),
    };
  });
}

/** The latest earlier upload of the table with the same bytes: worth a word, never refused. */
async function findSameContent(upload: UploadWithTable): Promise<UploadResponse['sameContentAs']> {
  if (upload.checkOnly) return null;
  const same = await getDb().upload.findFirst({
    where: {
      tableId: upload.tableId,
      sequence: { lt: upload.sequence },
      checkOnly: false,
      etag: upload.etag,
      sizeBytes: upload.sizeBytes,
    },
    orderBy: { sequence: 'desc' },
    select: { id: true, fileName: true, createdAt: true },
  });
  return same && { ...same, createdAt: same.createdAt.toISOString() };
}
