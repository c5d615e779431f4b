import { readdir, readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { BlobStoreFullError } from '#lib/blob/blob-store.ts';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { withChanges } from '#lib/blob/testing/with-changes.ts';
import type { CreatePrivacyRequest } from '#lib/contracts/privacy-requests.ts';
import { parseJsonExact } from '#lib/core/datatypes/exact-number.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { countRows } from '#lib/store/row-counts.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import type { Actor, TokenActor } from '../actor.ts';
import { setAliases } from '../aliases/aliases.ts';
import { updateAttribute } from '../attributes/update-attribute.ts';
import { recordChange } from '../audit.ts';
import { getBlobStore } from '../blob-store.ts';
import { withFacts } from '../facts/with-facts.ts';
import { parseParts } from '../objects/stored-object.ts';
import { sweepStorage } from '../objects/sweep.ts';
import { lookUpProfile, setCustomerProfile } from '../profiles.ts';
import { getUpload } from '../uploads/get-upload.ts';
import { listRejects } from '../uploads/list-rejects.ts';
import { retryUpload } from '../uploads/queue-again.ts';
import { expirePrivacyRequests } from './expire-requests.ts';
import { downloadExport } from './exports.ts';
import {
  cancelPrivacyRequest,
  confirmErasure,
  createPrivacyRequest,
  getPrivacyRequest,
  listPrivacyRequests,
} from './requests.ts';
import { runPrivacyRequest } from './run-request.ts';

useTestDatabase();
const node = useTestNode();
const { signal } = new AbortController();

let ours: TestAccount;
let theirs: TestAccount;
let hub: number;
let crm: TestTable;
let loyalty: TestTable;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
  const { serviceId } = ours;
  ({ id: hub } = await getDb().table.findFirstOrThrow({ where: { serviceId } }));
  crm = await createTestTable(ours.editor);
  loyalty = await createTestTable(ours.editor);
});

async function write(tableId: number, customerId: string, data: string, owner = ours) {
  const customer = { serviceId: owner.serviceId, tableId, customerId };
  const body = parseJsonExact(`{"data":${data}}`);
  await withFacts((facts) => setCustomerProfile(owner.editor, { customer, body }, facts));
}

async function alias(user: string, data: Record<number, string>) {
  const reference = { serviceId: ours.serviceId, tableId: hub, customerId: user };
  await setAliases(ours.editor, reference, { data });
}

/** Sends a file and gives its upload's id. */
async function send(
  table: Pick<TestTable, 'id' | 'key'>,
  name: string,
  Body: string | Buffer,
): Promise<number> {
  const client = await node.connect(table.id);
  const Key = table.key(name);
  await client.send(new PutObjectCommand({ Bucket: 'optimizely-import', Key, Body }));
  const { id } = await getDb().upload.findFirstOrThrow({
    where: { tableId: table.id },
    orderBy: { id: 'desc' },
  });
  return id;
}

async function load(table: Pick<TestTable, 'id' | 'key'>, name: string, body: string | Buffer) {
  const id = await send(table, name, body);
  await waitForEnd(ours.viewer, id);
  return id;
}

async function has(tableId: number, customerId: string): Promise<boolean> {
  return (await lookUpProfile(ours.viewer, { tableId, customerId })).found;
}

interface Asked extends Partial<CreatePrivacyRequest> {
  readonly as?: Actor;
  readonly needsConfirmation?: boolean;
}

async function ask(identifier: string, { as = ours.administrator, ...asked }: Asked = {}) {
  const request = await createPrivacyRequest(as, {
    kind: 'access',
    identifierType: 'dcp_id',
    tableId: null,
    needsConfirmation: false,
    identifier,
    ...asked,
  });
  return request.id;
}

/** Carries a request out to where it rests. */
async function carryOut(id: number) {
  const blobs = await getBlobStore();
  while ((await runPrivacyRequest(blobs, id, signal)) === 'waiting') await delay(50);
  return getPrivacyRequest(ours.administrator, id);
}

async function open(id: number): Promise<Record<string, string>> {
  const { body } = await downloadExport(ours.administrator, id);
  const files = unzipSync(await buffer(body));
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
}

function parse(text: string | undefined): unknown {
  return JSON.parse(text ?? '');
}

test('an export holds everything about the customer, exactly, and nothing of anybody else', async () => {
  const uploadId = await load(
    crm,
    'everyone.csv',
    'customerId,string,long\nc-1,"Ada, ""the first""",9007199254740993\nc-10,Bob,5\nc-1,x,wrong\n',
  );
  await write(loyalty.id, 'card-1', '{"epoch":1651676123,"datetime":"2022-05-02T10:10:59"}');
  await write(loyalty.id, 'card-2', '{"string":"of somebody else"}');
  await alias('user-1', { [crm.id]: 'c-1', [loyalty.id]: 'card-1' });
  await alias('user-2', { [crm.id]: 'c-10', [loyalty.id]: 'card-2' });
  const archived = loyalty.attributes.find(({ name }) => name === 'epoch');
  await updateAttribute(ours.editor, archived?.id ?? 0, { archived: true });
  const table = await createTestTable(theirs.editor);
  await write(table.id, 'c-1', '{"string":"of another account"}', theirs);

  const request = await carryOut(await ask('c-1'));
  expect(request).toMatchObject({ state: 'completed', identifier: 'c-1', error: null });
  expect(request.findings).toMatchObject({
    tables: [
      { tableId: hub, rows: 1, linkedRows: 1 },
      { tableId: crm.id, rows: 1, linkedRows: 0 },
      { tableId: loyalty.id, rows: 1, linkedRows: 1 },
    ],
    aliases: 2,
    fileCount: 1,
    files: [{ uploadId, fileName: 'everyone.csv', rows: 2 }],
    rejectedRows: 1,
    sharedRows: 0,
  });

  const parts = await open(request.id);
  const profiles = parse(parts['profiles.json']);
  expect(profiles).toHaveLength(3);
  expect(profiles).toContainEqual(
    expect.objectContaining({
      customerId: 'c-1',
      foundBy: 'identifier',
      lastChangedByUpload: { uploadId, fileName: 'everyone.csv' },
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      data: { string: 'Ada, "the first"', long: '9007199254740993' },
    }),
  );
  expect(profiles).toContainEqual(
    expect.objectContaining({
      customerId: 'card-1',
      foundBy: 'alias',
      data: { datetime: '2022-05-02T10:10:59Z' },
      archivedData: { epoch: 1651676123 },
    }),
  );
  expect(parts['profiles.csv']).toContain('c-1,long,long,false,9007199254740993,');
  expect(parse(parts['aliases.json'])).toEqual([
    expect.objectContaining({ optimizelyUser: 'user-1', tableId: crm.id, customerId: 'c-1' }),
    expect.objectContaining({ tableId: loyalty.id, customerId: 'card-1' }),
  ]);
  expect(parse(parts['uploads.json'])).toEqual([
    expect.objectContaining({ uploadId, rows: 2, isKept: true }),
  ]);
  const lines = (parts['file-rows.ndjson'] ?? '').trim().split('\n').map(parse);
  expect(lines).toEqual([
    expect.objectContaining({ line: 2, row: 'c-1,"Ada, ""the first""",9007199254740993' }),
    expect.objectContaining({ line: 4, row: 'c-1,x,wrong' }),
  ]);
  expect(parse(parts['rejected-rows.ndjson'])).toMatchObject({
    line: 4,
    column: 'long',
    reason: 'invalid-long',
    row: 'c-1,x,wrong',
  });
  expect(parts['README.txt']).toContain('c-1');
  const everything = Object.values(parts).join('\n');
  for (const other of ['c-10', 'Bob', 'card-2', 'somebody else', 'another account']) {
    expect(everything).not.toContain(other);
  }
  await updateAttribute(ours.editor, archived?.id ?? 0, { archived: false });
});

test('an export is unreadable where it is kept, for administrators only, and gone after seven days', async () => {
  await write(crm.id, 'kept-secret', '{"string":"kept-secret-value"}');
  const id = await ask('kept-secret');
  await carryOut(id);
  const folder = `${process.env['DATA_DIR']}/objects`;
  for (const file of await readdir(folder, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = await readFile(`${folder}/${file.name}`);
    expect(bytes.includes('PK\u0001\u0002')).toBe(false);
    expect(bytes.includes('kept-secret')).toBe(false);
  }
  await expect(downloadExport(ours.editor, id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(downloadExport(theirs.administrator, id)).rejects.toMatchObject({
    code: 'not-found',
  });
  const trail = await getDb().auditEntry.findMany({
    where: { objectKind: 'privacy-request', objectId: String(id) },
    orderBy: { id: 'asc' },
  });
  expect(trail.map(({ action }) => action)).toEqual([
    'privacy-request.created',
    'privacy-request.completed',
  ]);
  expect(JSON.stringify(trail)).not.toContain('kept-secret');

  const week = 7 * 24 * 3_600_000;
  const blobs = await getBlobStore();
  await sweepStorage(blobs, Date.now() + week - 60_000);
  await expirePrivacyRequests(blobs, Date.now() + week - 60_000);
  expect(Object.keys(await open(id))).toContain('README.txt');
  await expirePrivacyRequests(blobs, Date.now() + week + 1_000);
  await expect(downloadExport(ours.administrator, id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await getPrivacyRequest(ours.administrator, id)).toMatchObject({
    identifier: null,
    result: null,
  });
});

test('an erasure takes rows, aliases, files, rejected rows and messages, and nothing of anybody else', async () => {
  const plain = await load(crm, 'plain.csv', 'customerId,string\ne-1,a\ne-10,b\n');
  const gzip = await load(
    crm,
    'packed.csv.gz',
    gzipSync('customerId,long\ne-1,x\ne-10,y\ne-1,7\n'),
  );
  const other = await load(crm, 'others.csv', 'customerId,string\ne-10,e-1\n');
  const headless = await load(crm, 'headless.csv', 'e-1,5\n');
  const aliases = await load(
    { id: hub, key: (name) => `dcp/${ours.serviceId}/${hub}/${name}` },
    'aliases.csv',
    `customerId,alias:${crm.id}\ne-user,e-1\ne-other,e-10\n`,
  );
  const earlier = await ask('e-1');
  await carryOut(earlier);
  const before = await countRows(getPool(), [crm.id, hub]);

  const request = await carryOut(await ask('e-1', { kind: 'delete' }));
  expect(request).toMatchObject({ state: 'completed', identifier: null, sharedRows: [] });
  expect(request.findings).toMatchObject({
    aliases: 1,
    fileCount: 4,
    rejectedRows: 1,
    messages: 1,
    rowsWrittenAgain: 0,
  });
  expect(await has(crm.id, 'e-1')).toBe(false);
  expect(await has(hub, 'e-user')).toBe(false);
  expect(await has(crm.id, 'e-10')).toBe(true);
  expect(await has(hub, 'e-other')).toBe(true);
  const after = await countRows(getPool(), [crm.id, hub]);
  expect(after.get(crm.id)).toBe((before.get(crm.id) ?? 0) - 1);
  expect(after.get(hub)).toBe((before.get(hub) ?? 0) - 1);

  const kept = await getDb().upload.findMany({
    where: { id: { in: [plain, gzip, other, headless, aliases] } },
    orderBy: { id: 'asc' },
  });
  expect(kept.map(({ objectId }) => objectId !== null)).toEqual([false, false, true, false, false]);
  const client = await node.connect(crm.id);
  const Key = crm.key('plain.csv');
  await expect(
    client.send(new GetObjectCommand({ Bucket: 'optimizely-import', Key })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(retryUpload(ours.editor, headless)).rejects.toMatchObject({ code: 'conflict' });
  expect((await listRejects(ours.viewer, gzip, { page: 1, perPage: 10 })).items).toMatchObject([
    { line: 2, column: 'long', code: 'invalid-long', value: null, raw: '' },
    { line: 3, column: 'long', code: 'invalid-long', value: 'y', raw: 'e-10,y' },
  ]);
  expect((await getUpload(ours.viewer, headless)).error?.message).not.toContain('e-1');

  expect(await getPrivacyRequest(ours.administrator, earlier)).toMatchObject({
    identifier: null,
    result: null,
  });
  const stored = await getDb().privacyRequest.findUniqueOrThrow({ where: { id: request.id } });
  expect(stored).toMatchObject({ identifierEncrypted: null, subjectEncrypted: null });
  expect(await getDb().privacyFinding.count({ where: { requestId: request.id } })).toBe(0);
});

test('an erasure goes on where the store of files failed, and leaves no bytes', async () => {
  const uploadId = await load(crm, 'failing.csv', 'customerId,string\nf-1,a\n');
  const upload = await getDb().upload.findUniqueOrThrow({
    where: { id: uploadId },
    include: { object: true },
  });
  const [blob] = parseParts(upload.object?.parts);
  const blobs = await getBlobStore();
  const isThere = async () => {
    for await (const { name } of blobs.list()) if (name === blob?.name) return true;
    return false;
  };
  const failing = withChanges(blobs, {
    remove: (names) =>
      names.length === 0 ? Promise.resolve() : Promise.reject(new Error('The bucket is away.')),
  });
  const id = await ask('f-1', { kind: 'delete' });
  await expect(runPrivacyRequest(failing, id, signal)).rejects.toThrow('The bucket is away.');
  expect(await isThere()).toBe(true);
  const { state, findings } = await carryOut(id);
  expect(state).toBe('completed');
  expect(findings).toMatchObject({ fileCount: 1, tables: [{ tableId: crm.id, rows: 1 }] });
  expect(await isThere()).toBe(false);
});

test.each(['q"1', 'q,1', 'q\n1', 'q\r\n1', '=q1', ' q1 ', "q'1", 'ü1'])(
  'the ID %j is found in tables and files, and erased',
  async (id) => {
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const name = `strange-${Buffer.from(id).toString('hex')}.csv`;
    const uploadId = await load(
      crm,
      name,
      `customerId,long\n${cell(id)},5\n${cell(`${id}0`)},6\n${cell(id)},x\n`,
    );
    const { findings } = await carryOut(await ask(id, { kind: 'delete' }));
    expect(findings).toMatchObject({
      tables: [{ tableId: crm.id, rows: 1 }],
      files: [{ uploadId, rows: 2 }],
      rejectedRows: 1,
    });
    expect(await has(crm.id, id)).toBe(false);
    expect(await has(crm.id, `${id}0`)).toBe(true);
  },
);

test('what is linked to others, too, is named and left alone', async () => {
  await write(crm.id, 'shared-1', '{"string":"one person"}');
  await write(loyalty.id, 'household', '{"string":"a family"}');
  await write(loyalty.id, 'own-card', '{"string":"mine"}');
  await alias('tablet', { [crm.id]: 'shared-1', [loyalty.id]: 'household' });
  await alias('phone', { [crm.id]: 'shared-1', [loyalty.id]: 'own-card' });
  await alias('stranger', { [loyalty.id]: 'household' });
  const id = await ask('shared-1', { kind: 'delete', needsConfirmation: true });
  const preview = await carryOut(id);
  expect(preview).toMatchObject({
    state: 'awaiting_confirmation',
    sharedRows: [{ tableId: loyalty.id, customerId: 'household', otherUsers: 1 }],
    findings: { sharedRows: 1, aliases: 4 },
  });
  expect(await has(crm.id, 'shared-1')).toBe(true);
  const wrong = confirmErasure(ours.administrator, id, { confirmIdentifier: 'shared-' });
  await expect(wrong).rejects.toMatchObject({
    fields: { confirmIdentifier: expect.any(String) as string },
  });
  await confirmErasure(ours.administrator, id, { confirmIdentifier: 'shared-1' });
  await carryOut(id);
  expect(await has(loyalty.id, 'household')).toBe(true);
  expect(await has(hub, 'stranger')).toBe(true);
  for (const [tableId, customerId] of [
    [crm.id, 'shared-1'],
    [loyalty.id, 'own-card'],
    [hub, 'tablet'],
    [hub, 'phone'],
  ] as const) {
    expect(await has(tableId, customerId), customerId).toBe(false);
  }
});

test('an Optimizely user ID means the Optimizely table; one table can be meant alone', async () => {
  await write(crm.id, 'same', '{"string":"a customer"}');
  await write(loyalty.id, 'same', '{"string":"another one"}');
  await write(hub, 'same', '{}');
  const user = await carryOut(await ask('same', { identifierType: 'optimizely_end_user_id' }));
  expect(user.findings?.tables.map(({ tableId }) => tableId)).toEqual([hub]);
  await carryOut(await ask('same', { kind: 'delete', tableId: crm.id }));
  expect(await has(crm.id, 'same')).toBe(false);
  expect(await has(loyalty.id, 'same')).toBe(true);
  await expect(
    ask('same', { identifierType: 'optimizely_end_user_id', tableId: crm.id }),
  ).rejects.toMatchObject({ fields: { tableId: expect.any(String) as string } });
});

test('uploads that came before an erasure do not bring the customer back; later ones may', async () => {
  await load(crm, 'first.csv', 'customerId,string\nback-1,a\n');
  await node.stopWorker();
  const waiting = await send(crm, 'waiting.csv', 'customerId,string\nback-1,b\nback-2,c\n');
  const id = await ask('back-1', { kind: 'delete' });
  const later = await send(crm, 'later.csv', 'customerId,string\nback-1,d\n');
  const blobs = await getBlobStore();
  expect(await runPrivacyRequest(blobs, id, signal)).toBe('waiting');
  expect(await getPrivacyRequest(ours.administrator, id)).toMatchObject({
    state: 'erasing',
    progress: { step: 'waiting', waitingFor: [{ uploadId: waiting, fileName: 'waiting.csv' }] },
  });
  expect(await has(crm.id, 'back-1')).toBe(false);
  await node.startWorker();
  await waitForEnd(ours.viewer, waiting);
  await waitForEnd(ours.viewer, later);
  // Both were loaded: the request cannot tell their rows apart, and takes all.
  const request = await carryOut(id);
  expect(request).toMatchObject({ state: 'completed', findings: { fileCount: 2 } });
  expect(await has(crm.id, 'back-1')).toBe(false);
  expect(await has(crm.id, 'back-2')).toBe(true);
  expect(
    (await getDb().upload.findUniqueOrThrow({ where: { id: later } })).objectId,
  ).not.toBeNull();
  await load(crm, 'again.csv', 'customerId,string\nback-1,e\n');
  expect(await has(crm.id, 'back-1')).toBe(true);
});

test('a write over REST meanwhile either is erased or stands alone, and rows are counted exactly', async () => {
  const before = (await countRows(getPool(), [crm.id])).get(crm.id) ?? 0;
  await write(crm.id, 'busy', '{"string":"old","long":1}');
  const stop = new AbortController();
  const writer = (async () => {
    while (!stop.signal.aborted) await write(crm.id, 'busy', '{"double":2.5}');
  })();
  const request = await carryOut(await ask('busy', { kind: 'delete' }));
  stop.abort();
  await writer;
  expect(request.state).toBe('completed');
  const profile = await lookUpProfile(ours.viewer, { tableId: crm.id, customerId: 'busy' });
  const values = profile.values.filter(({ value }) => value !== null).map(({ name }) => name);
  expect(values).toEqual(profile.found ? ['double'] : []);
  const after = (await countRows(getPool(), [crm.id])).get(crm.id) ?? 0;
  expect(after - before).toBe(profile.found ? 1 : 0);
});

test('requests belong to administrators of the account, and to tokens with the right', async () => {
  const id = await ask('mine', { kind: 'delete', needsConfirmation: true });
  await carryOut(id);
  for (const actor of [ours.editor, ours.viewer]) {
    await expect(ask('mine', { as: actor })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listPrivacyRequests(actor, { page: 1, perPage: 10 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(getPrivacyRequest(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
  }
  const stranger = theirs.administrator;
  const notFound = { code: 'not-found' };
  await expect(getPrivacyRequest(stranger, id)).rejects.toMatchObject(notFound);
  await expect(cancelPrivacyRequest(stranger, id)).rejects.toMatchObject(notFound);
  await expect(confirmErasure(stranger, id, { confirmIdentifier: 'mine' })).rejects.toMatchObject(
    notFound,
  );
  await expect(ask('mine', { as: stranger, tableId: crm.id })).rejects.toMatchObject(notFound);
  expect((await listPrivacyRequests(stranger, { page: 1, perPage: 10 })).total).toBe(0);

  const token = (limits: Partial<TokenActor>): TokenActor => ({
    ...ours.administrator,
    kind: 'token',
    tokenId: 1,
    scopes: ['read-profiles'],
    serviceId: null,
    ...limits,
  });
  const missing = { code: 'missing-scope' };
  await expect(ask('mine', { as: token({}), kind: 'delete' })).rejects.toMatchObject(missing);
  const writer = token({ scopes: ['write-profiles'] });
  await expect(ask('mine', { as: writer })).rejects.toMatchObject(missing);
  await expect(ask('mine', { as: token({ role: 'editor' }) })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const confined = token({ serviceId: theirs.serviceId });
  await expect(getPrivacyRequest(confined, id)).rejects.toMatchObject(notFound);

  const cancelled = await cancelPrivacyRequest(ours.administrator, id);
  expect(cancelled).toMatchObject({ state: 'cancelled', identifier: null });
  await expect(
    confirmErasure(ours.administrator, id, { confirmIdentifier: 'mine' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('a request by a token of one service gets nothing from the audit trail, which names what is of others', async () => {
  const change = {
    action: 'table.updated',
    objectKind: 'table',
    objectId: 1,
    objectName: 'Others',
  };
  await recordChange(getDb(), ours.administrator, { ...change, after: { key: 'trail-7' } });
  const confined: TokenActor = {
    ...ours.administrator,
    ...{ kind: 'token', tokenId: 1, scopes: ['read-profiles'], serviceId: ours.serviceId },
  };
  const whole = await ask('trail-7');
  expect((await carryOut(whole)).findings?.auditEntries).toBe(1);
  expect(parse((await open(whole))['audit-trail.json'])).toMatchObject([{ objectName: 'Others' }]);
  const part = await ask('trail-7', { as: confined });
  expect((await carryOut(part)).findings?.auditEntries).toBe(0);
  const files = await open(part);
  expect(parse(files['audit-trail.json'])).toEqual([]);
  expect(Object.values(files).join('')).not.toContain('Others');
});

const day = 24 * 3_600_000;
const findingsOf = (requestId: number) => getDb().privacyFinding.count({ where: { requestId } });

test('an erasure that nobody confirms is cancelled after thirty days, and says so', async () => {
  await load(crm, 'patient.csv', 'customerId,string\npatient,a\n');
  const id = await ask('patient', { kind: 'delete', needsConfirmation: true });
  await carryOut(id);
  expect(await findingsOf(id)).toBeGreaterThan(0);
  const blobs = await getBlobStore();
  await expirePrivacyRequests(blobs, Date.now() + 30 * day - 60_000);
  expect((await getPrivacyRequest(ours.administrator, id)).state).toBe('awaiting_confirmation');
  await expirePrivacyRequests(blobs, Date.now() + 30 * day + 1_000);
  expect(await getPrivacyRequest(ours.administrator, id)).toMatchObject({
    state: 'cancelled',
    identifier: null,
    finishedAt: expect.any(String) as string,
    error: { code: 'not-confirmed', message: expect.stringContaining('30 days') as string },
  });
  expect(await findingsOf(id)).toBe(0);
  expect(await has(crm.id, 'patient')).toBe(true);
  const trail = await getDb().auditEntry.findMany({
    where: { objectKind: 'privacy-request', objectId: String(id) },
    orderBy: { id: 'desc' },
  });
  expect(trail[0]).toMatchObject({
    action: 'privacy-request.cancelled',
    after: { code: 'not-confirmed' },
  });
  await expect(
    confirmErasure(ours.administrator, id, { confirmIdentifier: 'patient' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('what a failed request found is forgotten with the ID, after seven days', async () => {
  await load(crm, 'unlucky.csv', 'customerId,string\nunlucky,a\n');
  const id = await ask('unlucky');
  const directory = `${process.env['DATA_DIR']}/objects`;
  const full = await FileBlobStore.open({ directory, reserveBytes: Number.MAX_SAFE_INTEGER });
  for (let attempt = 0; attempt < 5; attempt++) {
    await expect(runPrivacyRequest(full, id, signal)).rejects.toThrow(BlobStoreFullError);
  }
  expect((await getPrivacyRequest(ours.administrator, id)).state).toBe('failed');
  expect(await findingsOf(id)).toBeGreaterThan(0);
  const blobs = await getBlobStore();
  await expirePrivacyRequests(blobs, Date.now() + 7 * day - 60_000);
  expect((await getPrivacyRequest(ours.administrator, id)).identifier).toBe('unlucky');
  expect(await findingsOf(id)).toBeGreaterThan(0);
  await expirePrivacyRequests(blobs, Date.now() + 7 * day + 1_000);
  expect((await getPrivacyRequest(ours.administrator, id)).identifier).toBeNull();
  expect(await findingsOf(id)).toBe(0);
});
