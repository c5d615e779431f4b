import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Credential } from '#lib/db/generated/client.ts';
import { lockRow } from '#lib/db/locks.ts';
import type {
  CredentialResponse,
  RevealSecretResponse,
  RotateCredentialRequest,
} from '../contracts/credentials.ts';
import { errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { recordChange } from './audit.ts';
import {
  createAccessKey,
  decryptAccessKey,
  encryptAccessKey,
  type AccessKey,
} from './credentials/access-key.ts';
import { stillValid } from './credentials/still-valid.ts';
import { requireRole } from './permissions.ts';
import { lockTable } from './tables/visible-table.ts';
import { inTransaction } from './transaction.ts';
import { visibleServices } from './visible-services.ts';

/** Gives a new table its access key, in the transaction that makes the table. */
export async function createTableCredential(
  tx: DbTransaction,
  tableId: number,
): Promise<Credential> {
  return insertCredential(tx, tableId, 'table');
}

/** The current key first, then those that a rotation left valid for a while. */
export async function listCredentials(
  actor: Actor,
  tableId: number,
): Promise<CredentialResponse[]> {
  const credentials = await getDb().credential.findMany({
    where: {
      tableId,
      kind: 'table',
      ...stillValid(),
      table: { service: visibleServices(actor) },
    },
    orderBy: [{ expiresAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }],
  });
  return credentials.map(toResponse);
}

export async function revealSecret(
  actor: Actor,
  credentialId: number,
): Promise<RevealSecretResponse> {
  requireRole(actor, 'editor');
  return inTransaction(async (tx) => {
    const credential = await findCredential(tx, actor, credentialId);
    await recordChange(tx, actor, describe('credential.revealed', credential));
    return { secretAccessKey: decryptAccessKey(credential).secretAccessKey };
  });
}

/** Makes a new key; the old one stays valid for `overlapHours`. At most two keys are valid at a time. */
export async function rotateCredential(
  actor: Actor,
  tableId: number,
  { overlapHours }: RotateCredentialRequest,
): Promise<CredentialResponse> {
  requireRole(actor, 'editor');
  return inTransaction(async (tx) => {
    await lockTable(tx, actor, tableId);
    const valid = await tx.credential.findMany({
      where: { tableId, kind: 'table', ...stillValid() },
    });
    const ending = valid.find(({ expiresAt }) => expiresAt !== null);
    if (ending?.expiresAt) {
      throw errors.conflict(
        `The key before this one, ${ending.accessKeyId}, is still valid until ` +
          `${ending.expiresAt.toISOString()}. End it first, then rotate.`,
      );
    }
    const now = new Date();
    await tx.credential.updateMany({
      where: { id: { in: valid.map(({ id }) => id) } },
      data:
        overlapHours === 0
          ? { revokedAt: now }
          : { expiresAt: new Date(now.getTime() + overlapHours * 3_600_000) },
    });
    const credential = await insertCredential(tx, tableId, 'table');
    await recordChange(tx, actor, {
      ...describe('credential.rotated', credential),
      before: { accessKeyIds: valid.map(({ accessKeyId }) => accessKeyId) },
      after: { accessKeyId: credential.accessKeyId, overlapHours },
    });
    return toResponse(credential);
  });
}

/** Ends the overlap of a rotation now; the current key is replaced by rotating it. */
export async function endCredential(actor: Actor, credentialId: number): Promise<void> {
  requireRole(actor, 'editor');
  await inTransaction(async (tx) => {
    const { tableId } = await findCredential(tx, actor, credentialId);
    // A file that is being published with it is there before the answer, or never.
    await lockRow(tx, 'Table', tableId);
    const credential = await findCredential(tx, actor, credentialId);
    if (credential.expiresAt === null) {
      throw errors.conflict(
        'This is the current key of its table. Rotate it, and the new key takes its place.',
      );
    }
    await tx.credential.update({
      where: { id: credential.id },
      data: { revokedAt: new Date() },
    });
    await recordChange(tx, actor, describe('credential.ended', credential));
  });
}

/** The key that signs the dashboard's own uploads to a table: made on first use, never shown. */
export async function browserAccessKey(tableId: number): Promise<AccessKey> {
  const existing = await findBrowserCredential(getDb(), tableId);
  if (existing) return decryptAccessKey(existing);
  return inTransaction(async (tx) => {
    await lockRow(tx, 'Table', tableId);
    const made = await findBrowserCredential(tx, tableId);
    return decryptAccessKey(made ?? (await insertCredential(tx, tableId, 'browser')));
  });
}

function findBrowserCredential(db: DbTransaction, tableId: number): Promise<Credential | null> {
  return db.credential.findFirst({ where: { tableId, kind: 'browser', ...stillValid() } });
}

/** The table's own current key, for the connection test and the demo. The caller has checked the actor. */
export async function currentAccessKey(tableId: number): Promise<AccessKey> {
  const credential = await getDb().credential.findFirst({
    where: { tableId, kind: 'table', revokedAt: null, expiresAt: null },
    orderBy: { id: 'desc' },
  });
  if (!credential) throw errors.conflict('The table has no access key. Rotate it to get one.');
  return decryptAccessKey(credential);
}

async function insertCredential(
  tx: DbTransaction,
  tableId: number,
  kind: 'table' | 'browser',
): Promise<Credential> {
  const key = createAccessKey();
  return tx.credential.create({
    data: {
      tableId,
      kind,
      accessKeyId: key.accessKeyId,
      secretEncrypted: encryptAccessKey(key),
    },
  });
}

/** A key that people may see, of a table that the actor may see. */
async function findCredential(tx: DbTransaction, actor: Actor, id: number): Promise<Credential> {
  const credential = await tx.credential.findFirst({
    where: {
      id,
      kind: 'table',
      ...stillValid(),
      table: { service: visibleServices(actor) },
    },
  });
  if (!credential) throw errors.notFound('access key', id);
  return credential;
}

function describe(action: string, credential: Credential) {
  return {
    action,
    objectKind: 'credential',
    objectId: credential.id,
    objectName: credential.accessKeyId,
    after: { tableId: credential.tableId, accessKeyId: credential.accessKeyId },
  };
}

function toResponse(credential: Credential): CredentialResponse {
  return {
    id: credential.id,
    accessKeyId: credential.accessKeyId,
    createdAt: credential.createdAt.toISOString(),
    lastUsedAt: credential.lastUsedAt?.toISOString() ?? null,
    expiresAt: credential.expiresAt?.toISOString() ?? null,
  };
}
