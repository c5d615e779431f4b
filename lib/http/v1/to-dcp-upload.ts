import type { UploadSummary } from '../../contracts/uploads.ts';
import type { DcpUpload } from '../../contracts/v1/dcp-uploads.ts';
import { toV1Timestamp } from './to-timestamp.ts';

export function toDcpUpload(upload: UploadSummary): DcpUpload {
  return {
    id: upload.id,
    dcp_datasource_id: upload.tableId,
    key: upload.key,
    source: upload.source,
    size_bytes: upload.sizeBytes,
    check_only: upload.checkOnly,
    state: upload.state,
    rows_read: upload.rowsRead,
    rows_reached: upload.rowsReached,
    rows_accepted: upload.rowsAccepted,
    rows_rejected: upload.rowsRejected,
    rows_changed: upload.rowsCreated + upload.rowsChanged,
    rows_created: upload.rowsCreated,
    rows_unchanged: upload.rowsUnchanged,
    error: upload.error?.message ?? null,
    created: toV1Timestamp(upload.createdAt),
    started: upload.startedAt === null ? null : toV1Timestamp(upload.startedAt),
    finished: upload.finishedAt === null ? null : toV1Timestamp(upload.finishedAt),
  };
}
