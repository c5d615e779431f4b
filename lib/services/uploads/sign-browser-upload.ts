import { getDb } from '#lib/db/client.ts';
import type {
  SignBrowserUploadRequest,
  SignBrowserUploadResponse,
} from '../../contracts/browser-uploads.ts';
import { assertNever } from '../../core/assert-never.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { requireRole } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';
import { presignForBrowser } from './presign-for-browser.ts';
import { requireBrowserUpload, type BrowserUploadId } from './visible-browser-upload.ts';

export interface SignBrowserUploadInput extends BrowserUploadId {
  readonly dashboardHost: string | null;
  readonly request: SignBrowserUploadRequest;
}

/** Signs one request of a transfer that the person began. Its key is the one that it was begun with. */
export async function signBrowserUpload(
  actor: UserActor,
  { tableId, transferId, dashboardHost, request }: SignBrowserUploadInput,
): Promise<SignBrowserUploadResponse> {
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  if (table.archived && request.kind !== 'abort') {
    throw errors.conflict('The table is archived. Restore it to upload to it.');
  }
  const { key } = await requireBrowserUpload(getDb(), actor, { tableId, transferId });
  const { method, query } = describeRequest(request);
  const url = await presignForBrowser({
    tableId,
    dashboardHost,
    key,
    method,
    query: { uploadId: transferId, ...query },
  });
  return { url };
}

function describeRequest(request: SignBrowserUploadRequest) {
  switch (request.kind) {
    case 'part':
      return { method: 'PUT', query: { partNumber: String(request.partNumber) } } as const;
    case 'list':
      return { method: 'GET', query: { 'part-number-marker': String(request.after) } } as const;
    case 'complete':
      return { method: 'POST', query: {} } as const;
    case 'abort':
      return { method: 'DELETE', query: {} } as const;
    default:
      return assertNever(request);
  }
}
