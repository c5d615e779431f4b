import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { dcpUpload, type DcpUpload } from '#lib/contracts/v1/dcp-uploads.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { makeRequest, pathParams, tokenHeadersFor } from '#lib/testing/requests.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { GET as listUploads } from '../dcp_datasources/[id]/dcp_uploads/route.ts';
import { GET as readRejects } from './[id]/rejects/route.ts';
import { GET as readUpload } from './[id]/route.ts';
import { POST as storeUpload } from './[id]/store/route.ts';

process.env['LOG_LEVEL'] = 'silent';
useTestDatabase();
const node = useTestNode();

let ours: TestAccount;
let table: TestTable;
let tokens: Record<'editor' | 'viewer' | 'stranger', Readonly<Record<string, string>>>;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  const theirs = await createTestAccount('Theirs');
  table = await createTestTable(ours.editor);
  tokens = {
    editor: await tokenHeadersFor(ours.accountId, 'editor'),
    viewer: await tokenHeadersFor(ours.accountId, 'viewer'),
    stranger: await tokenHeadersFor(theirs.accountId, 'administrator'),
  };
});

async function call(
  route: typeof readUpload,
  id: number,
  {
    as = 'viewer',
    query = '',
    method = 'GET',
  }: { as?: keyof typeof tokens; query?: string; method?: string } = {},
) {
  const request = makeRequest(`/experiment/v1/x${query}`, { method, headers: tokens[as] });
  const response = await route(request, pathParams({ id: String(id) }));
  return { status: response.status, text: await response.text() };
}

async function send(
  name: string,
  body: string,
  Metadata: Record<string, string> = {},
): Promise<void> {
  const client = await node.connect(table.id);
  const Key = table.key(name);
  await client.send(
    new PutObjectCommand({ Bucket: 'optimizely-import', Key, Body: body, Metadata }),
  );
}

async function listStates() {
  const { text } = await call(listUploads, table.id);
  return dcpUpload.array().parse(JSON.parse(text));
}

test('a program sends a file and polls its upload until it has ended', async () => {
  await send('customers.csv', 'customerId,long\nc1,5\nc2,x\n');
  let [upload] = await listStates();
  expect(['queued', 'processing', 'completed_with_errors']).toContain(upload?.state);
  while (upload && !upload.finished) {
    upload = dcpUpload.parse(JSON.parse((await call(readUpload, upload.id)).text));
  }
  expect(Object.keys(upload ?? {}).sort()).toEqual(
    [
      'id',
      'dcp_datasource_id',
      'key',
      'source',
      'size_bytes',
      'check_only',
      'state',
      'rows_read',
      'rows_reached',
      'rows_accepted',
      'rows_rejected',
      'rows_changed',
      'rows_created',
      'rows_unchanged',
      'error',
      'created',
      'started',
      'finished',
    ].sort(),
  );
  expect(upload).toMatchObject({
    dcp_datasource_id: table.id,
    key: table.key('customers.csv'),
    source: 's3',
    size_bytes: 26,
    check_only: false,
    state: 'completed_with_errors',
    rows_read: 2,
    rows_reached: 2,
    rows_accepted: 1,
    rows_rejected: 1,
    rows_changed: 1,
    rows_created: 1,
    rows_unchanged: null,
    error: null,
  });
  const rejects = await call(readRejects, upload?.id ?? 0);
  expect(rejects).toMatchObject({ status: 200 });
  expect(rejects.text).toMatch(/^customerId,long,error_line,.*\nc2,x,3,long,invalid-long,/);
});

test('a failed file says why in one sentence', async () => {
  await send('broken.csv', 'customerId,lnog\nc1,5\n');
  let [upload] = await listStates();
  while (upload && !upload.finished) [upload] = await listStates();
  expect(upload).toMatchObject({ state: 'failed', rows_read: 0 });
  expect(upload?.error).toContain('lnog');
});

test('a program has a file checked, and then stored', async () => {
  await send('checked.csv', 'customerId,long\nc1,5\nnew,6\nc3,x\nnew,7\n', {
    'opendcp-check-only': 'true',
  });
  let [check] = await listStates();
  while (check && !check.finished) [check] = await listStates();
  expect(check).toMatchObject({
    check_only: true,
    state: 'completed_with_errors',
    rows_accepted: 3,
    rows_rejected: 1,
    rows_created: 1,
    rows_changed: 1,
    rows_unchanged: 1,
  });
  const id = check?.id ?? 0;
  const post = { as: 'editor', method: 'POST' } as const;
  expect((await call(storeUpload, id, { ...post, as: 'viewer' })).status).toBe(403);
  expect((await call(storeUpload, id, { ...post, as: 'stranger' })).status).toBe(404);
  const answer = await call(storeUpload, id, post);
  expect(answer.status).toBe(201);
  let stored: DcpUpload | undefined = dcpUpload.parse(JSON.parse(answer.text));
  expect(stored.check_only).toBe(false);
  while (stored && !stored.finished) [stored] = await listStates();
  expect(stored).toMatchObject({ rows_created: 1, rows_changed: 1 });
});

test('lists are paged', async () => {
  const all = await listStates();
  const second = await call(listUploads, table.id, { query: '?per_page=1&page=2' });
  expect(dcpUpload.array().parse(JSON.parse(second.text))).toEqual([all[1]]);
  expect((await call(listUploads, table.id, { query: '?per_page=0' })).status).toBe(400);
});

test('of some days only', async () => {
  const all = await listStates();
  const [latest] = all;
  const at = encodeURIComponent(latest?.created ?? '');
  const listed = async (query: string) => {
    const { text } = await call(listUploads, table.id, { query });
    return dcpUpload.array().parse(JSON.parse(text));
  };
  expect(await listed(`?created_from=${at}`)).toEqual([latest]);
  expect(await listed(`?created_before=${at}`)).toEqual(all.slice(1));
  expect(await listed('?created_from=2024-02-29T23:00:00%2B05:30')).toEqual(all);
  for (const wrong of ['yesterday', '2026-01-01', '0001-01-01T00:00:00Z', '2023-02-29T00:00:00Z']) {
    const refused = await call(listUploads, table.id, { query: `?created_from=${wrong}` });
    expect([wrong, refused.status]).toEqual([wrong, 400]);
  }
});

test('nobody else’s are found', async () => {
  const [upload] = await listStates();
  const id = upload?.id ?? 0;
  const as = 'stranger' as const;
  expect((await call(listUploads, table.id, { as })).status).toBe(404);
  expect((await call(readUpload, id, { as })).status).toBe(404);
  expect((await call(readRejects, id, { as })).status).toBe(404);
  expect((await call(readUpload, 999_999)).status).toBe(404);
});
