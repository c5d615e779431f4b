import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import type {
  StartBrowserUploadRequest,
  StartBrowserUploadResponse,
} from '../../contracts/uploads.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { s3Endpoint, s3PathOf } from '../connection/s3-endpoint.ts';
import { browserAccessKey } from '../credentials.ts';
import { uploaderMetadata } from '../objects/publish-object.ts';
import { requireRole } from '../permissions.ts';
import { requireTable } from '../tables/visible-table.ts';
import { safeFileName } from './safe-file-name.ts';

const maxBytes = 10 * 1024 ** 3;
/** Time to begin; a transfer that has begun may take as long as it takes. */
const lifeSeconds = 3_600;

export interface StartBrowserUploadInput extends StartBrowserUploadRequest {
  readonly tableId: number;
  /** Host under which the browser reached the dashboard. */
  readonly dashboardHost: string | null;
}

/** A presigned PUT to the S3 endpoint: the browser sends the file there as any client would. */
export async function startBrowserUpload(
  actor: UserActor,
  { tableId, dashboardHost, fileName, sizeBytes }: StartBrowserUploadInput,
): Promise<StartBrowserUploadResponse> {
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  if (table.archived) throw errors.conflict('The table is archived. Restore it to upload to it.');
  if (sizeBytes > maxBytes) {
    throw errors.invalidFields({ sizeBytes: 'A file can have at most 10 GB. Split it.' });
  }
  const { importBucket, s3Region } = roleConfig();
  const key = `${s3PathOf(table)}/${safeFileName(fileName)}`;
  const header = `x-amz-meta-${uploaderMetadata}`;
  const client = new S3Client({
    endpoint: s3Endpoint(dashboardHost),
    region: s3Region,
    forcePathStyle: true,
    credentials: await browserAccessKey(table.id),
    // The checksum of an empty body, which is all that is known here, must not be signed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const command = new PutObjectCommand({
    Bucket: importBucket,
    Key: key,
    Metadata: { [uploaderMetadata]: actor.userId },
  });
  const url = await getSignedUrl(client, command, {
    expiresIn: lifeSeconds,
    unhoistableHeaders: new Set([header]),
  });
  return { url, headers: { [header]: actor.userId }, key };
}
