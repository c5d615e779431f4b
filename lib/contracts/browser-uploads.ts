import { z } from 'zod';
import { id } from './common.ts';

/** A file's way from the browser to the S3 endpoint: the id of the multipart upload there. */
export const transferId = z.guid();

/** Body of `POST /api/tables/<id>/browser-uploads`. */
export const startBrowserUploadRequest = z.object({
  fileName: z.string().min(1).max(255),
  sizeBytes: z.int().min(1, 'The file is empty.'),
  /** Nothing of the file is to be stored. */
  checkOnly: z.boolean().default(false),
});
export type StartBrowserUploadRequest = z.input<typeof startBrowserUploadRequest>;

/** A presigned CreateMultipartUpload, to be POSTed to the S3 endpoint with exactly these headers. */
export const startBrowserUploadResponse = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type StartBrowserUploadResponse = z.infer<typeof startBrowserUploadResponse>;

/** Body of `POST /api/tables/<id>/browser-uploads/<transfer id>/sign`: the one request to be signed. */
export const signBrowserUploadRequest = z.discriminatedUnion('kind', [
  /** PUT of a part. */
  z.object({ kind: z.literal('part'), partNumber: z.int().min(1).max(10_000) }),
  /** GET of the parts that have arrived, those with greater numbers than `after`. */
  z.object({ kind: z.literal('list'), after: z.int().min(0).max(10_000) }),
  /** POST of the list of parts that make the file. */
  z.object({ kind: z.literal('complete') }),
  /** DELETE of what has arrived. */
  z.object({ kind: z.literal('abort') }),
]);
export type SignBrowserUploadRequest = z.infer<typeof signBrowserUploadRequest>;

export const signBrowserUploadResponse = z.object({ url: z.string() });
export type SignBrowserUploadResponse = z.infer<typeof signBrowserUploadResponse>;

/** Answer of `GET /api/tables/<id>/browser-uploads/<transfer id>`. */
export const browserUploadResponse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('open') }),
  /** `uploadId` is null once the upload has gone from the history. */
  z.object({ state: z.literal('completed'), uploadId: id.nullable() }),
]);
export type BrowserUploadResponse = z.infer<typeof browserUploadResponse>;
