import { s3Errors } from '../errors.ts';
import { forgetAssembly } from '../multipart/assemble-parts.ts';
import { requireOpenUpload } from '../multipart/require-upload.ts';
import type { S3Command } from '../s3-command.ts';

/** Forgets an upload and its parts. */
export const abortMultipartUpload: S3Command = {
  name: 'AbortMultipartUpload',
  body: 'none',
  async run(context) {
    const { uploadId, assembly } = await requireOpenUpload(context);
    const names = await context.objects.multipart.abort(uploadId);
    if (!names) throw s3Errors.NoSuchUpload();
    await forgetAssembly(context, assembly);
    await context.discard(names);
    return { status: 204 };
  },
};
