import { randomBytes } from 'node:crypto';
import type { Prisma } from '#lib/db/generated/client.ts';
import { uploadError } from '../../contracts/uploads.ts';
import { testEvent } from '../../contracts/webhooks.ts';
import { dashboardUrl } from '../dashboard-url.ts';

export const announcedParts = {
  table: { include: { service: true } },
} as const satisfies Prisma.UploadInclude;

export type EndedUpload = Prisma.UploadGetPayload<{ include: typeof announcedParts }>;

export function createMessageId(): string {
  return `msg_${randomBytes(18).toString('base64url')}`;
}

/**
 * What webhooks are told about an upload that ended. Of an error only the code: its sentence may quote the file, and nothing
 * that may be a customer's value leaves in a message.
 */
export function describeEnd(upload: EndedUpload): string {
  const { table } = upload;
  const error = upload.error === null ? null : uploadError.parse(upload.error);
  return JSON.stringify({
    type: `upload.${upload.state}`,
    timestamp: upload.finishedAt,
    data: {
      upload: {
        id: upload.id,
        file_name: upload.fileName,
        source: upload.source,
        state: upload.state,
        size_bytes: Number(upload.sizeBytes),
        rows_read: Number(upload.rowsRead),
        rows_accepted: Number(upload.rowsAccepted),
        rows_rejected: Number(upload.rowsRejected),
        rows_created: Number(upload.rowsCreated),
        rows_changed: Number(upload.rowsCreated + upload.rowsChanged),
        error_code: error?.code ?? null,
        created: upload.createdAt,
        started: upload.startedAt,
        finished: upload.finishedAt,
        url: dashboardUrl(`/uploads/${upload.id}`),
      },
      table: { id: table.id, name: table.name },
      service: { id: table.service.id, name: table.service.name },
    },
  });
}

/** The same envelope with nothing in it. */
export function describeTest(webhookId: number): string {
  return JSON.stringify({
    type: testEvent,
    timestamp: new Date(),
    data: { webhook: { id: webhookId, url: dashboardUrl(`/settings/webhooks/${webhookId}`) } },
  });
}
