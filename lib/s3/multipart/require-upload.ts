import { s3Errors } from '../errors.ts';
import type { MultipartUpload } from '../ports.ts';
import type { S3Context } from '../s3-command.ts';

const uploadIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The upload that a request names, open or completed. An id is only good together with its own key and the table
 * that began it, so that no credential can reach into an upload of another.
 *
 * @throws NoSuchUpload
 */
export async function requireUpload(context: S3Context): Promise<MultipartUpload> {
  const { objects, query, key, credential } = context;
  const uploadId = query.get('uploadId') ?? '';
  if (!uploadIdPattern.test(uploadId)) throw s3Errors.NoSuchUpload();
  const upload = await objects.multipart.get(uploadId);
  if (upload?.key !== key || upload.tableId !== credential.tableId) throw s3Errors.NoSuchUpload();
  return upload;
}

/** The same for requests that only an open upload can serve. */
export async function requireOpenUpload(context: S3Context): Promise<MultipartUpload> {
  const upload = await requireUpload(context);
  if (upload.completed) throw s3Errors.NoSuchUpload();
  return upload;
}
