import { beforeAll, expect, test } from 'vitest';
import { createTableRequest } from '#lib/contracts/tables.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import {
  browserAccessKey,
  currentAccessKey,
  endCredential,
  listCredentials,
  revealSecret,
  rotateCredential,
} from './credentials.ts';
import { createCredentialSource } from './credentials/credential-source.ts';
import { createTable } from './tables/create-table.ts';

useTestDatabase();

const source = createCredentialSource();
let ours: TestAccount;
let theirs: TestAccount;
let lastName = 0;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});

async function makeTable() {
  lastName += 1;
  const request = { name: `Table ${lastName}`, keyKind: 'cookie', keyName: 'id' };
  const table = await createTable(ours.editor, createTableRequest.parse(request));
  const [credential] = await listCredentials(ours.viewer, table.id);
  if (!credential) throw new Error('The table has no access key.');
  return { ...table, credential };
}

test('a new table has one key, of the lengths that clients know', async () => {
  const { id, credential } = await makeTable();
  expect(credential.accessKeyId).toMatch(/^ODCP[A-Z0-9]{16}$/);
  expect(credential.expiresAt).toBeNull();
  const { secretAccessKey } = await revealSecret(ours.editor, credential.id);
  expect(secretAccessKey).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(await currentAccessKey(id)).toEqual({
    accessKeyId: credential.accessKeyId,
    secretAccessKey,
  });
});

test('a revealed secret leaves a trace, and the trace holds no secret', async () => {
  const { credential } = await makeTable();
  const { secretAccessKey } = await revealSecret(ours.editor, credential.id);
  const entries = await getDb().auditEntry.findMany({
    where: { objectKind: 'credential', objectId: String(credential.id) },
  });
  expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
    ['credential.revealed', ours.editor.userId],
  ]);
  expect(JSON.stringify(entries)).not.toContain(secretAccessKey);
  const stored = await getDb().credential.findUniqueOrThrow({ where: { id: credential.id } });
  expect(JSON.stringify(stored)).not.toContain(secretAccessKey);
});

test('rotation keeps the old key for the overlap, then it is a key that never was', async () => {
  const { id, serviceId, credential } = await makeTable();
  const rotated = await rotateCredential(ours.editor, id, { overlapHours: 24 });
  const listed = await listCredentials(ours.viewer, id);
  expect(listed.map(({ accessKeyId }) => accessKeyId)).toEqual([
    rotated.accessKeyId,
    credential.accessKeyId,
  ]);
  const hoursLeft = (Date.parse(listed[1]?.expiresAt ?? '') - Date.now()) / 3_600_000;
  expect(hoursLeft).toBeGreaterThan(23.9);
  expect(hoursLeft).toBeLessThanOrEqual(24);
  for (const { accessKeyId } of listed) {
    expect(await source.find(accessKeyId)).toMatchObject({
      tableId: id,
      prefix: `dcp/${serviceId}/${id}/`,
      active: true,
      kind: 'table',
    });
  }
  await getDb().credential.update({
    where: { id: credential.id },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect(await source.find(credential.accessKeyId)).toMatchObject({ active: false });
  expect(await listCredentials(ours.viewer, id)).toHaveLength(1);
});

test('an overlap can be ended at once; the current key cannot', async () => {
  const { id, credential } = await makeTable();
  const rotated = await rotateCredential(ours.editor, id, { overlapHours: 24 });
  await expect(rotateCredential(ours.editor, id, { overlapHours: 1 })).rejects.toMatchObject({
    code: 'conflict',
  });
  await endCredential(ours.editor, credential.id);
  expect(await source.find(credential.accessKeyId)).toMatchObject({ active: false });
  await expect(endCredential(ours.editor, rotated.id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await source.find(rotated.accessKeyId)).toMatchObject({ active: true });
});

test('without an overlap the old key ends with the rotation', async () => {
  const { id, credential } = await makeTable();
  await rotateCredential(ours.editor, id, { overlapHours: 0 });
  expect(await source.find(credential.accessKeyId)).toMatchObject({ active: false });
  expect(await listCredentials(ours.viewer, id)).toHaveLength(1);
});

test('two rotations at once make one new key', async () => {
  const { id } = await makeTable();
  const results = await Promise.allSettled([
    rotateCredential(ours.editor, id, { overlapHours: 1 }),
    rotateCredential(ours.editor, id, { overlapHours: 1 }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await listCredentials(ours.viewer, id)).toHaveLength(2);
});

test('the browser key is made once and never shown', async () => {
  const { id } = await makeTable();
  const [first, second] = await Promise.all([browserAccessKey(id), browserAccessKey(id)]);
  expect(second).toEqual(first);
  expect(await source.find(first.accessKeyId)).toMatchObject({ kind: 'browser', active: true });
  const listed = await listCredentials(ours.administrator, id);
  expect(listed.map(({ accessKeyId }) => accessKeyId)).not.toContain(first.accessKeyId);
  const stored = await getDb().credential.findFirstOrThrow({
    where: { tableId: id, kind: 'browser' },
  });
  await expect(revealSecret(ours.administrator, stored.id)).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('viewers see that there is a key, and nothing more', async () => {
  const { id, credential } = await makeTable();
  const forbidden = { code: 'forbidden' };
  await expect(revealSecret(ours.viewer, credential.id)).rejects.toMatchObject(forbidden);
  await expect(rotateCredential(ours.viewer, id, { overlapHours: 0 })).rejects.toMatchObject(
    forbidden,
  );
  await expect(endCredential(ours.viewer, credential.id)).rejects.toMatchObject(forbidden);
});

test('another account finds nothing', async () => {
  const { id, credential } = await makeTable();
  const missing = { code: 'not-found' };
  expect(await listCredentials(theirs.administrator, id)).toEqual([]);
  await expect(revealSecret(theirs.administrator, credential.id)).rejects.toMatchObject(missing);
  await expect(
    rotateCredential(theirs.administrator, id, { overlapHours: 0 }),
  ).rejects.toMatchObject(missing);
  await expect(endCredential(theirs.administrator, credential.id)).rejects.toMatchObject(missing);
});

test('a use is noted; an unknown key is nobody', async () => {
  const { id, credential } = await makeTable();
  expect(await source.find('ODCPNOSUCHKEY0000000')).toBeNull();
  await source.touch(credential.id);
  const [listed] = await listCredentials(ours.viewer, id);
  expect(Date.now() - Date.parse(listed?.lastUsedAt ?? '')).toBeLessThan(60_000);
});
