import { roleConfig } from '#lib/config/role-config.ts';
import { presignUrl, type PresignOptions } from '#lib/s3/signature/presign-url.ts';
import { s3Endpoint } from '../connection/s3-endpoint.ts';
import { browserAccessKey } from '../credentials.ts';

/** Time to begin the request; one that has begun may take longer. Browsers ask again before every request. */
const lifeSeconds = 300;

interface BrowserRequest extends Pick<PresignOptions, 'method' | 'key' | 'headers' | 'query'> {
  readonly tableId: number;
  /** Host under which the browser reached the dashboard. */
  readonly dashboardHost: string | null;
}

/** Signs one request to the S3 endpoint with the table's browser key. The caller has checked the actor. */
export async function presignForBrowser({
  tableId,
  dashboardHost,
  ...request
}: BrowserRequest): Promise<string> {
  const { importBucket, s3Region } = roleConfig();
  const { accessKeyId, secretAccessKey } = await browserAccessKey(tableId);
  return presignUrl({
    ...request,
    endpoint: s3Endpoint(dashboardHost),
    bucket: importBucket,
    region: s3Region,
    accessKeyId,
    secret: secretAccessKey,
    expiresSeconds: lifeSeconds,
  });
}
