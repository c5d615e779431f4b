import type { DbTransaction } from '#lib/db/client.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { summaryParts, type UploadWithTable } from './to-upload-summary.ts';
import { visibleServices } from '../visible-services.ts';

/** The upload, if the actor may see it; to anybody else it does not exist. */
export async function requireUpload(
  db: DbTransaction,
  actor: Actor,
  uploadId: number,
): Promise<UploadWithTable> {
  const upload = await db.upload.findFirst({
    where: { id: uploadId, table: { service: visibleServices(actor) } },
    include: summaryParts,
  });
  if (!upload) throw errors.notFound('upload', uploadId);
  return upload;
}
