import { roleConfig } from '#lib/config/role-config.ts';
import type { DbTransaction } from '#lib/db/client.ts';
import type { Table, WatchedBucket } from '#lib/db/generated/client.ts';
import type {
  SaveWatchedBucketRequest,
  WatchedBucketResponse,
} from '../../contracts/watched-buckets.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { ownS3Endpoint, s3PathOf } from '../connection/s3-endpoint.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { lockTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import {
  describePlace,
  encryptKey,
  readKey,
  UnreadableSecretError,
  type BucketPlace,
} from './connect.ts';
import { getWatchedBucket } from './get-watched-bucket.ts';
import { hasForbiddenHost } from '../guarded-agents.ts';

/**
 * Begins to watch a bucket, or changes how it is watched. The next look is at once.
 *
 * @throws `forbidden`, `not-found`, `conflict`, `invalid-fields`
 */
export async function saveWatchedBucket(
  actor: Actor,
  tableId: number,
  request: SaveWatchedBucketRequest,
): Promise<WatchedBucketResponse | null> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  await inTransaction(async (tx) => {
    const table = await lockTable(tx, actor, tableId);
    if (table.archived) throw errors.conflict('The table is archived. Restore it first.');
    refusePlace(table, request);
    await save(tx, { actor, table, request });
  });
  return getWatchedBucket(actor, tableId);
}

/** A place that must not be asked, or that would feed the table with its own files for ever. */
export function refusePlace(table: Table, { endpoint, bucket, prefix }: BucketPlace): void {
  if (endpoint !== null && hasForbiddenHost(endpoint)) {
    throw errors.invalidFields({ endpoint: 'Buckets cannot be at this address.' });
  }
  const { importBucket, s3Port } = roleConfig();
  const own = `${s3PathOf(table)}/`;
  const isOwnServer =
    endpoint !== null &&
    (new URL(endpoint).origin === new URL(ownS3Endpoint()).origin ||
      new URL(endpoint).port === String(s3Port));
  if (
    isOwnServer &&
    bucket === importBucket &&
    (own.startsWith(prefix) || prefix.startsWith(own))
  ) {
    throw errors.invalidFields({ prefix: 'The table loads what is uploaded there already.' });
  }
}

/** The stored secret stays where it was meant for: a changed server, bucket or key needs it entered again. */
export function secretFor(stored: WatchedBucket | null, request: SaveWatchedBucketRequest): string {
  if (request.secretAccessKey !== null) return request.secretAccessKey;
  const isSame =
    stored?.endpoint === request.endpoint &&
    stored.bucket === request.bucket &&
    stored.accessKeyId === request.accessKeyId;
  const missing = errors.invalidFields({ secretAccessKey: 'Enter the secret access key.' });
  if (!isSame) throw missing;
  try {
    return readKey(stored).secretAccessKey;
  } catch (error) {
    throw error instanceof UnreadableSecretError ? missing : error;
  }
}

async function save(
  tx: DbTransaction,
  options: {
    readonly actor: Actor;
    readonly table: Table;
    readonly request: SaveWatchedBucketRequest;
  },
): Promise<void> {
  const { actor, table, request } = options;
  const { id: tableId } = table;
  const stored = await tx.watchedBucket.findUnique({ where: { tableId } });
  const { endpoint, bucket, region, prefix, accessKeyId, pollSeconds, loadExisting } = request;
  const data = {
    endpoint,
    bucket,
    region,
    prefix,
    accessKeyId,
    pollSeconds,
    secretEncrypted: encryptKey(tableId, secretFor(stored, request)),
    nextLookAt: new Date(),
    lastError: null,
  };
  const isElsewhere = stored?.endpoint !== endpoint || stored.bucket !== bucket;
  // Buckets tell times in whole seconds; a file of this very second is loaded rather than missed.
  const since = loadExisting ? null : new Date(Math.floor(Date.now() / 1000) * 1000);
  // What was seen of one bucket says nothing about another.
  if (stored && isElsewhere) await tx.watchedFile.deleteMany({ where: { tableId } });
  await tx.watchedBucket.upsert({
    where: { tableId },
    create: { tableId, ...data, since },
    update: isElsewhere ? { ...data, since } : data,
  });
  await recordChange(tx, actor, {
    action: stored ? 'watched_bucket.updated' : 'watched_bucket.created',
    objectKind: 'table',
    objectId: tableId,
    objectName: table.name,
    ...(stored ? { before: snapshot(stored) } : {}),
    after: snapshot(data),
  });
}

function snapshot(
  watched: Pick<WatchedBucket, 'endpoint' | 'bucket' | 'prefix' | 'accessKeyId' | 'pollSeconds'>,
) {
  const { endpoint, accessKeyId, pollSeconds } = watched;
  return { endpoint, place: describePlace(watched), accessKeyId, pollSeconds };
}
