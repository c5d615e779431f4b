import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { credentialResponse, revealSecretResponse } from '#lib/contracts/credentials.ts';
import { profileResponse } from '#lib/contracts/profiles.ts';
import {
  browserUploadResponse,
  signBrowserUploadResponse,
  startBrowserUploadResponse,
} from '#lib/contracts/browser-uploads.ts';
import { uploadPage, uploadResponse } from '#lib/contracts/uploads.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, signInAs, type SignedIn } from '#lib/testing/requests.ts';
import { sendInParts } from '#lib/testing/send-in-parts.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { DELETE as endCredential } from '../credentials/[id]/route.ts';
import { POST as reveal } from '../credentials/[id]/reveal/route.ts';
import { GET as lookUpProfile } from '../profiles/route.ts';
import { GET as readBookmark } from '../tables/[id]/bookmark.duck/route.ts';
import { GET as readBrowserUpload } from '../tables/[id]/browser-uploads/[transferId]/route.ts';
import { POST as signBrowserUpload } from '../tables/[id]/browser-uploads/[transferId]/sign/route.ts';
import { POST as startBrowserUpload } from '../tables/[id]/browser-uploads/route.ts';
import { GET as readConnection } from '../tables/[id]/connection/route.ts';
import { POST as testConnection } from '../tables/[id]/connection/test/route.ts';
import { POST as rotate } from '../tables/[id]/credentials/rotate/route.ts';
import { GET as readTemplate } from '../tables/[id]/template.csv/route.ts';
import { POST as cancel } from './[id]/cancel/route.ts';
import { GET as listRejects } from './[id]/rejects/route.ts';
import { GET as readRejectsCsv } from './[id]/rejects.csv/route.ts';
import { POST as retry } from './[id]/retry/route.ts';
import { GET as readUpload } from './[id]/route.ts';
import { GET as listUploads } from './route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();
useTestNode();

let ours: TestAccount;
let table: TestTable;
let people: Record<'editor' | 'viewer' | 'stranger', SignedIn>;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  table = await createTestTable(ours.editor);
  people = {
    editor: await signInAs(ours.accountId, 'editor'),
    viewer: await signInAs(ours.accountId, 'viewer'),
    stranger: await signInAs(theirs.accountId, 'administrator'),
  };
});

interface Call {
  readonly route: typeof readUpload;
  readonly as?: keyof typeof people;
  readonly method?: string;
  readonly id?: number;
  readonly transferId?: string;
  readonly query?: string;
  readonly body?: unknown;
}

async function call(options: Call) {
  const { route, as = 'editor', method = 'GET', id, transferId, query = '', body } = options;
  const { headers } = people[as];
  const request = makeRequest(`/api${query}`, {
    method,
    body,
    headers: { ...headers, host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' },
  });
  const response = await route(
    request,
    pathParams({
      ...(id === undefined ? {} : { id: String(id) }),
      ...(transferId === undefined ? {} : { transferId }),
    }),
  );
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : undefined,
  };
}

/** As the dashboard does: has every request signed, makes it, and asks what became of the file. */
async function sendFromBrowser(fileName: string, content: string): Promise<number> {
  const { id } = table;
  const transferId = await sendInParts({
    parts: [content],
    start: async () => {
      const body = { fileName, sizeBytes: content.length };
      const answer = await call({ route: startBrowserUpload, method: 'POST', id, body });
      expect(answer.status).toBe(201);
      return startBrowserUploadResponse.parse(answer.body);
    },
    sign: async (transferId, body) => {
      const answer = await call({ route: signBrowserUpload, method: 'POST', id, transferId, body });
      expect(answer.status).toBe(200);
      return signBrowserUploadResponse.parse(answer.body).url;
    },
  });
  const answer = await call({ route: readBrowserUpload, id, transferId });
  const ended = browserUploadResponse.parse(answer.body);
  const uploadId = ended.state === 'completed' ? (ended.uploadId ?? 0) : 0;
  await waitForEnd(ours.editor, uploadId);
  return uploadId;
}

test('a file from the browser to the history, its rejects and the profile', async () => {
  const id = await sendFromBrowser('customers.csv', 'customerId,long\nc1,5\nc2,x\n');
  const upload = uploadResponse.parse((await call({ route: readUpload, id })).body);
  expect(upload).toMatchObject({ state: 'completed_with_errors', rowsRead: 2, rowsRejected: 1 });
  const rejects = await call({ route: listRejects, id, query: '?page=1&perPage=10' });
  expect(rejects.body).toMatchObject({ total: 1, items: [{ line: 3, code: 'invalid-long' }] });
  const csv = await call({ route: readRejectsCsv, id });
  expect(csv.status).toBe(200);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toBe(
    `attachment; filename="customers-rejects.csv"; filename*=UTF-8''customers-rejects.csv`,
  );
  expect(csv.text).toMatch(/^customerId,long,error_line,.*\nc2,x,3,long,invalid-long,.*\n$/);
  const profile = await call({
    route: lookUpProfile,
    as: 'viewer',
    query: `?tableId=${table.id}&customerId=c1`,
  });
  expect(profileResponse.parse(profile.body)).toMatchObject({
    found: true,
    source: { uploadId: id },
  });
});

test('cancel and retry', async () => {
  const id = await sendFromBrowser('broken.csv', 'customerId,nothing\nc1,5\n');
  expect(await call({ route: cancel, method: 'POST', id })).toMatchObject({ status: 409 });
  const retried = await call({ route: retry, method: 'POST', id });
  expect(retried.status).toBe(201);
  const again = uploadResponse.parse(retried.body);
  expect(again.id).toBeGreaterThan(id);
  expect(await waitForEnd(ours.editor, again.id)).toMatchObject({ state: 'failed' });
});

test('the key of a table: shown, revealed, rotated, ended', async () => {
  const { id } = table;
  const connection = await call({ route: readConnection, as: 'viewer', id });
  expect(connection.status).toBe(200);
  const rotated = await call({
    route: rotate,
    method: 'POST',
    id,
    body: { overlapHours: 1 },
  });
  expect(rotated.status).toBe(201);
  const current = credentialResponse.parse(rotated.body);
  const secret = await call({ route: reveal, method: 'POST', id: current.id });
  expect(revealSecretResponse.parse(secret.body).secretAccessKey).toHaveLength(40);
  expect(secret.headers.get('cache-control')).toBe('no-store');
  expect(await call({ route: testConnection, method: 'POST', id })).toMatchObject({
    status: 200,
    body: { ok: true },
  });
  const listed = await call({ route: readConnection, id });
  const { credentials } = listed.body as { credentials: { id: number }[] };
  expect(credentials).toHaveLength(2);
  const old = credentials[1]?.id ?? 0;
  expect(await call({ route: endCredential, method: 'DELETE', id: old })).toMatchObject({
    status: 204,
  });
  expect(await call({ route: endCredential, method: 'DELETE', id: current.id })).toMatchObject({
    status: 409,
  });
});

test('files to download', async () => {
  const { id } = table;
  const template = await call({ route: readTemplate, as: 'viewer', id });
  expect(template.text).toBe('customerId,string,bool,long,double,date,datetime,epoch\n');
  const example = await call({ route: readTemplate, id, query: '?example=1' });
  expect(example.text.split('\n')).toHaveLength(3);
  const bookmark = await call({ route: readBookmark, as: 'viewer', id });
  expect(bookmark.headers.get('content-disposition')).toContain('.duck"');
  expect(bookmark.text).toContain('<key>Username</key>');
});

test('who may do what', async () => {
  const upload = await sendFromBrowser('roles.csv', 'customerId,nothing\nc1,5\n');
  const connection = await call({ route: readConnection, id: table.id });
  const [credential] = (connection.body as { credentials: { id: number }[] }).credentials;
  const browserUpload = { fileName: 'a.csv', sizeBytes: 1 };
  const transferId = randomUUID();
  const reads: Call[] = [
    { route: readUpload, id: upload },
    { route: listRejects, id: upload },
    { route: readConnection, id: table.id },
    { route: readTemplate, id: table.id },
    { route: readBookmark, id: table.id },
    { route: lookUpProfile, query: `?tableId=${table.id}&customerId=c1` },
  ];
  const writes: Call[] = [
    { route: cancel, id: upload },
    { route: retry, id: upload },
    { route: startBrowserUpload, id: table.id, body: browserUpload },
    { route: signBrowserUpload, id: table.id, transferId, body: { kind: 'complete' } },
    { route: testConnection, id: table.id },
    { route: rotate, id: table.id, body: { overlapHours: 1 } },
    { route: reveal, id: credential?.id ?? 0 },
  ];
  for (const read of reads) {
    expect((await call({ ...read, as: 'viewer' })).status).toBe(200);
    expect((await call({ ...read, as: 'stranger' })).status).toBe(404);
    expect(
      (await call({ ...read, id: 999_999, query: '?tableId=999999&customerId=c' })).status,
    ).toBe(404);
  }
  for (const write of writes) {
    const request = { ...write, method: 'POST' };
    expect((await call({ ...request, as: 'viewer' })).status).toBe(403);
    expect((await call({ ...request, as: 'stranger' })).status).toBe(404);
  }
  const page = await call({ route: listUploads, as: 'stranger' });
  expect(uploadPage.parse(page.body).total).toBe(0);
});

test.each([
  '?page=0',
  '?page=99999999999999999999',
  '?perPage=1000',
  '?state=lost',
  '?tableId=x',
  '?tableId=99999999999',
])('%s is no list of uploads', async (query) => {
  expect((await call({ route: listUploads, query })).status).toBe(422);
});

test('a customer ID that cannot be one is told by its field', async () => {
  for (const customerId of ['', '%20', 'x'.repeat(1025)]) {
    const query = `?tableId=${table.id}&customerId=${customerId}`;
    const refused = await call({ route: lookUpProfile, query });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ fields: { customerId: expect.any(String) as string } });
  }
});

test.each([
  { kind: 'part', partNumber: 0 },
  { kind: 'part', partNumber: 10_001 },
  { kind: 'part' },
  { kind: 'list', after: -1 },
  { kind: 'delete-everything' },
  { kind: 'complete', key: 'dcp/1/1/other.csv' },
])('%j is nothing to sign', async (body) => {
  const transferId = randomUUID();
  const answer = await call({
    route: signBrowserUpload,
    method: 'POST',
    id: table.id,
    transferId,
    body,
  });
  // The last is fine by its shape, without the key that it brings; there is no such transfer.
  expect(answer.status).toBe(body.kind === 'complete' ? 404 : 422);
});
