import type { DbTransaction } from '#lib/db/client.ts';
import type { MultipartUpload } from '#lib/db/generated/client.ts';
import { errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { uploaderMetadata } from '../objects/publish-object.ts';

export interface BrowserUploadId {
  readonly tableId: number;
  /** Id of the multipart upload. */
  readonly transferId: string;
}

/** The transfer, if this person began it from a browser, to this table; to anybody else it does not exist. */
export async function requireBrowserUpload(
  db: DbTransaction,
  actor: UserActor,
  { tableId, transferId }: BrowserUploadId,
): Promise<MultipartUpload> {
  const transfer = await db.multipartUpload.findFirst({
    where: {
      id: transferId,
      table: { id: tableId, service: { accountId: actor.accountId } },
      metadata: { path: [uploaderMetadata], equals: actor.userId },
    },
  });
  if (!transfer || !(await isFromBrowser(db, transfer))) {
    throw errors.notFound('transfer', transferId);
  }
  return transfer;
}

/** The table's own clients may write any metadata that they like; only this kind of key is believed. */
async function isFromBrowser(db: DbTransaction, transfer: MultipartUpload): Promise<boolean> {
  const credential = await db.credential.findUnique({ where: { id: transfer.credentialId } });
  return credential?.kind === 'browser';
}
