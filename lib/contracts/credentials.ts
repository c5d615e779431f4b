import { z } from 'zod';
import { id, timestamp } from './common.ts';

export const credentialResponse = z.object({
  id,
  accessKeyId: z.string(),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  /** End of the overlap after a rotation; null for the current key. */
  expiresAt: timestamp.nullable(),
});
export type CredentialResponse = z.infer<typeof credentialResponse>;

/** Answer of `GET /api/tables/<id>/connection`: everything an S3 client asks for. */
export const connectionResponse = z.object({
  /** Base address of the S3 endpoint, e.g. http://127.0.0.1:9000 */
  endpoint: z.string(),
  region: z.string(),
  bucket: z.string(),
  /** Key prefix inside the bucket, without slashes at the ends: dcp/567/678 */
  s3Path: z.string(),
  /** Current key first, then those that a rotation left valid for a while. */
  credentials: z.array(credentialResponse),
});
export type ConnectionResponse = z.infer<typeof connectionResponse>;

/** Answer of `POST /api/credentials/<id>/reveal`. */
export const revealSecretResponse = z.object({ secretAccessKey: z.string() });
export type RevealSecretResponse = z.infer<typeof revealSecretResponse>;

/** Body of `POST /api/tables/<id>/credentials/rotate`: how long the old key stays valid. */
export const rotateCredentialRequest = z.object({ overlapHours: z.int().min(0).max(720) });
export type RotateCredentialRequest = z.infer<typeof rotateCredentialRequest>;

/** Answer of `POST /api/tables/<id>/connection/test`. */
export const testConnectionResponse = z.object({
  ok: z.boolean(),
  message: z.string(),
  milliseconds: z.number(),
});
export type TestConnectionResponse = z.infer<typeof testConnectionResponse>;
