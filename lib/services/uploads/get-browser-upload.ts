import { getDb } from '#lib/db/client.ts';
import type { BrowserUploadResponse } from '../../contracts/browser-uploads.ts';
import type { UserActor } from '../actor.ts';
import { requireBrowserUpload, type BrowserUploadId } from './visible-browser-upload.ts';

/** What became of a transfer that the person began: a browser that was closed may not have seen its end. */
export async function getBrowserUpload(
  actor: UserActor,
  input: BrowserUploadId,
): Promise<BrowserUploadResponse> {
  const { completedAt, objectId } = await requireBrowserUpload(getDb(), actor, input);
  if (completedAt === null) return { state: 'open' };
  const upload =
    objectId === null
      ? null
      : await getDb().upload.findUnique({ where: { objectId }, select: { id: true } });
  return { state: 'completed', uploadId: upload?.id ?? null };
}
