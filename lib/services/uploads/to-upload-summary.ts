import { z } from 'zod';
import type { Prisma } from '#lib/db/generated/client.ts';
import {
  uploadError,
  uploadSources,
  uploadState,
  type UploadState,
  type UploadSummary,
} from '../../contracts/uploads.ts';
import { readProgress } from './progress.ts';

const source = z.enum(uploadSources);

/** What a summary needs beside the row itself. */
export const summaryParts = {
  table: { select: { name: true } },
} as const satisfies Prisma.UploadInclude;

export type UploadWithTable = Prisma.UploadGetPayload<{ include: typeof summaryParts }>;

export function toUploadSummary(row: UploadWithTable): UploadSummary {
  const state = uploadState.parse(row.state);
  return {
    id: row.id,
    tableId: row.tableId,
    tableName: row.table.name,
    sequence: row.sequence,
    key: row.key,
    fileName: row.fileName,
    source: source.parse(row.source),
    uploadedBy: row.uploadedBy,
    sizeBytes: Number(row.sizeBytes),
    checkOnly: row.checkOnly,
    state,
    ...countsOf(row, state),
    rowsChanged: Number(row.rowsChanged),
    rowsCreated: Number(row.rowsCreated),
    rowsUnchanged: row.rowsUnchanged === null ? null : Number(row.rowsUnchanged),
    error: row.error === null ? null : uploadError.parse(row.error),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Live counts run ahead of what is stored; once the upload is at rest only the stored ones count. */
function countsOf(row: UploadWithTable, state: UploadState) {
  const live = state === 'processing' ? readProgress(row.progress) : null;
  const bytesRead = Number(row.bytesRead);
  const rowsRead = Math.max(live?.rowsRead ?? 0, Number(row.rowsRead));
  return {
    rowsRead,
    rowsReached: Math.max(rowsRead, Number(row.rowsReached)),
    rowsAccepted: Math.max(live?.rowsAccepted ?? 0, Number(row.rowsAccepted)),
    rowsRejected: Math.max(live?.rowsRejected ?? 0, Number(row.rowsRejected)),
    bytesRead,
    rowsPerSecond: live?.rowsPerSecond ?? null,
    secondsLeft: secondsLeft({
      bytes: Number(row.sizeBytes) - bytesRead,
      bytesPerSecond: live?.bytesPerSecond ?? null,
    }),
  };
}

function secondsLeft(rest: {
  readonly bytes: number;
  readonly bytesPerSecond: number | null;
}): number | null {
  if (rest.bytesPerSecond === null || rest.bytesPerSecond <= 0) return null;
  return Math.max(0, Math.round(rest.bytes / rest.bytesPerSecond));
}
