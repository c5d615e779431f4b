import { randomUUID } from 'node:crypto';
import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { StoredObject, Upload } from '#lib/db/generated/client.ts';
import type { UploadResponse } from '../../contracts/uploads.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { parseMetadata, parseParts, toPartsJson } from '../objects/stored-object.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { lockTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import { getUpload } from './get-upload.ts';
import { toSearchText } from './search-text.ts';
import { notifyWorkers, takeSequence } from './upload-queue.ts';
import { requireUpload } from './visible-upload.ts';

/**
 * Reads a failed or cancelled file in again, from its beginning, as a new upload at the end of the table's
 * queue: uploads that came after it may have changed the same customers, so it is as if the file were sent
 * once more. The history keeps what became of the first try.
 *
 * @returns the new upload.
 * @throws `forbidden`, `not-found`, `conflict`
 */
export async function retryUpload(actor: Actor, uploadId: number): Promise<UploadResponse> {
  requireRole(actor, 'editor');
  const failed = await requireUpload(getDb(), actor, uploadId);
  if (failed.state !== 'failed' && failed.state !== 'cancelled') {
    throw errors.conflict('Only a failed or cancelled upload can be read in again.');
  }
  return queueAgain(actor, failed, { action: 'upload.retried', checkOnly: failed.checkOnly });
}

/**
 * Stores a file that was only checked, as a new upload at the end of the table's queue.
 *
 * @returns the new upload.
 * @throws `forbidden`, `not-found`, `conflict` when the upload is no check, or one that did not complete.
 */
export async function storeCheckedUpload(actor: Actor, uploadId: number): Promise<UploadResponse> {
  requireScope(actor, 'write-profiles');
  // For the answer.
  requireScope(actor, 'read-configuration');
  requireRole(actor, 'editor');
  const checked = await requireUpload(getDb(), actor, uploadId);
  if (!checked.checkOnly || !checked.state.startsWith('completed')) {
    throw errors.conflict('Only a completed check can be stored.');
  }
  return queueAgain(actor, checked, { action: 'upload.stored', checkOnly: false });
}

interface QueueAgainOptions {
  /** For the audit trail. */
  readonly action: string;
  readonly checkOnly: boolean;
}

async function queueAgain(
  actor: Actor,
  earlier: Upload,
  { action, checkOnly }: QueueAgainOptions,
): Promise<UploadResponse> {
  const newId = await inTransaction(async (tx) => {
    const table = await lockTable(tx, actor, earlier.tableId);
    if (table.archived) throw errors.conflict('The table is archived. Restore it first.');
    const object = await lockObject(tx, earlier);
    const upload = await tx.upload.create({
      data: {
        tableId: table.id,
        sequence: await takeSequence(tx, table),
        objectId: await copyObject(tx, object),
        key: earlier.key,
        fileName: earlier.fileName,
        source: earlier.source,
        sizeBytes: earlier.sizeBytes,
        etag: earlier.etag,
        checkOnly,
        state: 'queued',
        ...askedBy(actor),
        searchText: toSearchText({ key: earlier.key, uploadedBy: actor.name }),
      },
    });
    await recordChange(tx, actor, {
      action,
      objectKind: 'upload',
      objectId: upload.id,
      objectName: upload.key,
      after: { retryOf: earlier.id },
    });
    await notifyWorkers(tx, table.id);
    return upload.id;
  });
  return getUpload(actor, newId);
}

function askedBy(actor: Actor) {
  return { uploadedBy: actor.name, userId: actor.kind === 'system' ? null : actor.userId };
}

/** Held until the transaction ends, so that the bytes cannot be swept away while they get a second name. */
async function lockObject(tx: DbTransaction, { objectId }: Upload): Promise<StoredObject> {
  const gone = errors.conflict('The file is not stored any more. Upload it again.');
  if (objectId === null) throw gone;
  await tx.$executeRaw`SELECT 1 FROM "StoredObject" WHERE "id" = ${objectId}::uuid FOR UPDATE`;
  const object = await tx.storedObject.findUnique({ where: { id: objectId } });
  if (!object) throw gone;
  return object;
}

/** An object belongs to one upload; the copy names the same bytes and is nobody's current version. */
async function copyObject(tx: DbTransaction, object: StoredObject): Promise<string> {
  const copy = await tx.storedObject.create({
    data: {
      ...object,
      id: randomUUID(),
      currentKey: null,
      createdAt: new Date(),
      metadata: parseMetadata(object.metadata),
      parts: toPartsJson(parseParts(object.parts)),
    },
    select: { id: true },
  });
  return copy.id;
}
