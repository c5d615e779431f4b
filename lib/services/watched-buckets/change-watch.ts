import type { DbTransaction } from '#lib/db/client.ts';
import type { Table } from '#lib/db/generated/client.ts';
import type { WatchedBucketResponse } from '../../contracts/watched-buckets.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { requireRole, requireScope } from '../permissions.ts';
import { lockTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import { describePlace } from './connect.ts';
import { getWatchedBucket } from './get-watched-bucket.ts';

/** Stops the looks, or goes on with them at once. */
export async function pauseWatchedBucket(
  actor: Actor,
  tableId: number,
  paused: boolean,
): Promise<WatchedBucketResponse | null> {
  await change({ actor, tableId, action: paused ? 'paused' : 'resumed' }, async (tx) => {
    const data = { paused, nextLookAt: new Date() };
    await tx.watchedBucket.update({ where: { tableId }, data });
  });
  return getWatchedBucket(actor, tableId);
}

/** Has a worker look at once. */
export async function lookSoon(
  actor: Actor,
  tableId: number,
): Promise<WatchedBucketResponse | null> {
  await change({ actor, tableId, action: 'looked' }, async (tx, table) => {
    const watched = await tx.watchedBucket.findUnique({ where: { tableId } });
    if (watched?.paused || table.archived) throw errors.conflict('The watch is paused.');
    await tx.watchedBucket.update({ where: { tableId }, data: { nextLookAt: new Date() } });
  });
  return getWatchedBucket(actor, tableId);
}

/** Forgets the bucket, its access key, and which of its files were loaded. What was loaded stays. */
export async function removeWatchedBucket(actor: Actor, tableId: number): Promise<void> {
  await change({ actor, tableId, action: 'removed' }, async (tx) => {
    await tx.watchedBucket.delete({ where: { tableId } });
  });
}

interface WatchChange {
  readonly actor: Actor;
  readonly tableId: number;
  /** Past participle, for the audit trail. */
  readonly action: string;
}

async function change(
  { actor, tableId, action }: WatchChange,
  work: (tx: DbTransaction, table: Table) => Promise<void>,
): Promise<void> {
  requireScope(actor, 'write-configuration');
  requireRole(actor, 'editor');
  await inTransaction(async (tx) => {
    const table = await lockTable(tx, actor, tableId);
    const watched = await tx.watchedBucket.findUnique({ where: { tableId } });
    if (!watched) throw errors.notFound('watched bucket of table', tableId);
    await work(tx, table);
    await recordChange(tx, actor, {
      action: `watched_bucket.${action}`,
      objectKind: 'table',
      objectId: tableId,
      objectName: table.name,
      after: { place: describePlace(watched) },
    });
  });
}
