import { randomUUID } from 'node:crypto';
import type { DbTransaction } from '#lib/db/client.ts';
import type { StoredObject, Table } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import { isIngestible } from '#lib/s3/object-key.ts';
import type { Credential, PublishRequest, PublishResult, WriteConditions } from '#lib/s3/ports.ts';
import { stillValid } from '../credentials/still-valid.ts';
import { toSearchText } from '../uploads/search-text.ts';
import { notifyWorkers, takeSequence } from '../uploads/upload-queue.ts';
import { toObjectRecord, toPartsJson } from './stored-object.ts';

/** Header of the dashboard's own uploads that names the person; it is signed with a key nobody is ever shown. */
export const uploaderMetadata = 'opendcp-user';

/** Header of any client that wants a file checked and nothing stored. */
export const checkOnlyMetadata = 'opendcp-check-only';

/** Who brings a file: a client with an access key, or the watch over a bucket of the customer's own. */
type Sender =
  | Credential
  | {
      readonly kind: 'bucket';
      readonly tableId: number;
      /** Where the file was found, as the history shows it. */
      readonly place: string;
    };

export type ObjectToPublish = Omit<PublishRequest, 'credential'> & { readonly credential: Sender };

export type Published =
  | Exclude<PublishResult, { kind: 'published' }>
  | (Extract<PublishResult, { kind: 'published' }> & { readonly objectId: string });

/**
 * Makes blobs the object of a key and queues the upload, all in the caller's transaction. The lock on the
 * table puts the PUTs of one table in an order, which is the order in which their files apply.
 */
export async function publishObject(
  tx: DbTransaction,
  request: ObjectToPublish,
): Promise<Published> {
  const table = await lockTable(tx, request.credential);
  if (!table) return { kind: 'key-ended' };
  const current = await tx.storedObject.findUnique({
    where: { currentKey: request.key },
  });
  if (current && isRepetition(request, current)) {
    return { kind: 'repeated', object: toObjectRecord(current) };
  }
  const refusal = judge(request.conditions, current?.etag ?? null);
  if (refusal) return { kind: refusal };
  if (current) {
    await tx.storedObject.update({ where: { id: current.id }, data: { currentKey: null } });
  }
  const stored = await tx.storedObject.create({ data: toRow(request) });
  if (isIngestible(request.key) && !table.archived) {
    await queueUpload(tx, { request, table, objectId: stored.id });
  }
  return { kind: 'published', object: toObjectRecord(stored), objectId: stored.id };
}

/**
 * The table's row, locked until the transaction ends. Null when the access key was ended while the file was on its way, with
 * its table or without: what ends a key holds the same lock.
 */
async function lockTable(tx: DbTransaction, sender: Sender): Promise<Table | null> {
  const { tableId } = sender;
  await lockRow(tx, 'Table', tableId);
  const table = await tx.table.findUnique({ where: { id: tableId, ...reachableBy(sender) } });
  if (table || sender.kind !== 'bucket') return table;
  throw new Error(`Table ${tableId} was deleted while a file was on its way into it.`);
}

/** A table whose files the sender may bring now. */
export function reachableBy(sender: Sender) {
  if (sender.kind === 'bucket') return {};
  return { credentials: { some: { id: sender.id, ...stillValid() } } };
}

/** A client whose connection broke sends again what it does not know to be stored. */
function isRepetition({ clientRequest, etag }: ObjectToPublish, current: StoredObject): boolean {
  return clientRequest !== null && clientRequest === current.clientRequest && etag === current.etag;
}

function judge(
  { onlyIfAbsent, onlyOverEtag }: WriteConditions,
  currentEtag: string | null,
): 'precondition-failed' | 'no-such-key' | null {
  if (onlyIfAbsent && currentEtag !== null) return 'precondition-failed';
  if (onlyOverEtag === undefined) return null;
  if (currentEtag === null) return 'no-such-key';
  return onlyOverEtag === '*' || currentEtag === onlyOverEtag ? null : 'precondition-failed';
}

function toRow(request: ObjectToPublish) {
  const ours = request.credential.kind === 'browser' ? [uploaderMetadata] : [];
  const metadata = Object.entries(request.metadata).filter(([name]) => !ours.includes(name));
  return {
    id: randomUUID(),
    tableId: request.credential.tableId,
    key: request.key,
    currentKey: request.key,
    sizeBytes: request.size,
    etag: request.etag,
    contentType: request.contentType,
    contentEncoding: request.contentEncoding,
    metadata: Object.fromEntries(metadata),
    checksumAlgorithm: request.checksum?.algorithm ?? null,
    checksumValue: request.checksum?.value ?? null,
    checksumType: request.checksum?.type ?? null,
    parts: toPartsJson(request.parts),
    clientRequest: request.clientRequest,
  };
}

async function queueUpload(
  tx: DbTransaction,
  options: {
    readonly request: ObjectToPublish;
    readonly table: Table;
    readonly objectId: string;
  },
): Promise<void> {
  const { request, table, objectId } = options;
  const sender = await describeSender(tx, request);
  await tx.upload.create({
    data: {
      tableId: table.id,
      sequence: await takeSequence(tx, table),
      objectId,
      key: request.key,
      fileName: request.key.slice(request.key.lastIndexOf('/') + 1),
      sizeBytes: request.size,
      etag: request.etag,
      checkOnly: isCheckOnly(request),
      state: 'queued',
      ...sender,
      searchText: toSearchText({ key: request.key, uploadedBy: sender.uploadedBy }),
    },
    select: { id: true },
  });
  await notifyWorkers(tx, table.id);
}

/** Anything but `false` asks for a check: a word that was mistyped must not store a file. */
function isCheckOnly({ metadata }: ObjectToPublish): boolean {
  const word = metadata[checkOnlyMetadata];
  return word !== undefined && word.trim().toLowerCase() !== 'false';
}

/** Who sent it, as the history shows: the access key, or the person at the dashboard. */
async function describeSender(tx: DbTransaction, { credential, metadata }: ObjectToPublish) {
  if (credential.kind === 'bucket') return { source: 'bucket', uploadedBy: credential.place };
  if (credential.kind === 'table') return { source: 's3', uploadedBy: credential.accessKeyId };
  const user = await tx.user.findUnique({
    where: { id: metadata[uploaderMetadata] ?? '' },
    select: { id: true, name: true },
  });
  return { source: 'browser', uploadedBy: user?.name ?? 'Dashboard', userId: user?.id ?? null };
}
