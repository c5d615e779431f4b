import { getDb } from '#lib/db/client.ts';
import type {
  StartBrowserUploadRequest,
  StartBrowserUploadResponse,
} from '../../contracts/browser-uploads.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { s3PathOf } from '../connection/s3-endpoint.ts';
import { checkOnlyMetadata, uploaderMetadata } from '../objects/publish-object.ts';
import { requireRole } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';
import { presignForBrowser } from './presign-for-browser.ts';
import { safeFileName } from './safe-file-name.ts';

const maxBytes = 10 * 1024 ** 3;

export interface StartBrowserUploadInput extends StartBrowserUploadRequest {
  readonly tableId: number;
  /** Host under which the browser reached the dashboard. */
  readonly dashboardHost: string | null;
}

/** Lets a browser open a multipart upload at the S3 endpoint, in the person's name and for the one key. */
export async function startBrowserUpload(
  actor: UserActor,
  { tableId, dashboardHost, fileName, sizeBytes, checkOnly }: StartBrowserUploadInput,
): Promise<StartBrowserUploadResponse> {
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  if (table.archived) throw errors.conflict('The table is archived. Restore it to upload to it.');
  if (sizeBytes > maxBytes) {
    throw errors.invalidFields({ sizeBytes: 'A file can have at most 10 GB. Split it.' });
  }
  const headers = {
    [`x-amz-meta-${uploaderMetadata}`]: actor.userId,
    ...(checkOnly ? { [`x-amz-meta-${checkOnlyMetadata}`]: 'true' } : {}),
  };
  const url = await presignForBrowser({
    tableId: table.id,
    dashboardHost,
    key: `${s3PathOf(table)}/${safeFileName(fileName)}`,
    method: 'POST',
    headers,
    query: { uploads: '' },
  });
  return { url, headers };
}
