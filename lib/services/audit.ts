import type { DbTransaction } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { assertNever } from '../core/assert-never.ts';
import type { Actor } from './actor.ts';

/** What a change looked like before or after; never secrets, never customers' values. */
export type AuditSnapshot = Readonly<Record<string, unknown>>;

export interface Change {
  /** `<object kind>.<past participle>`, e.g. `table.created` */
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string | number;
  readonly objectName: string;
  readonly before?: AuditSnapshot;
  readonly after?: AuditSnapshot;
}

/** Writes the audit entry of a change, in the transaction that makes the change. */
export async function recordChange(tx: DbTransaction, actor: Actor, change: Change): Promise<void> {
  await recordChanges(tx, actor, [change]);
}

export async function recordChanges(
  tx: DbTransaction,
  actor: Actor,
  changes: readonly Change[],
): Promise<void> {
  await tx.auditEntry.createMany({ data: changes.map((change) => toEntry(actor, change)) });
}

function toEntry(actor: Actor, change: Change): Prisma.AuditEntryCreateManyInput {
  return {
    accountId: actor.accountId,
    actorKind: actor.kind,
    actorId: actorId(actor),
    actorName: actor.name,
    action: change.action,
    objectKind: change.objectKind,
    objectId: String(change.objectId),
    objectName: change.objectName,
    ...(change.before ? { before: toJson(change.before) } : {}),
    ...(change.after ? { after: toJson(change.after) } : {}),
  };
}

function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.userId;
    case 'token':
      return String(actor.tokenId);
    case 'system':
      return 'system';
    default:
      return assertNever(actor);
  }
}

/** Dates become their ISO text, as in every answer. */
function toJson(snapshot: AuditSnapshot): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(snapshot)) as Prisma.InputJsonObject;
}
