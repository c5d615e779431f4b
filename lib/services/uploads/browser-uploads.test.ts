import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignBrowserUploadRequest } from '#lib/contracts/browser-uploads.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import {
  beginTransfer,
  completeTransfer,
  listPartNumbers,
  putPart,
  sendInParts,
} from '#lib/testing/send-in-parts.ts';
import { createTestAccount, createTestUser, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode, waitForEnd } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import type { UserActor } from '../actor.ts';
import { updateTable } from '../tables/update-table.ts';
import { getBrowserUpload } from './get-browser-upload.ts';
import { signBrowserUpload } from './sign-browser-upload.ts';
import { startBrowserUpload } from './start-browser-upload.ts';

useTestDatabase();
const node = useTestNode();
const dashboardHost = '127.0.0.1:3000';
const Bucket = 'optimizely-import';
const csv = 'customerId,long\nc1,5\n';

let ours: TestAccount;
beforeAll(async () => {
  ours = await createTestAccount('Ours');
});

function start(tableId: number, fileName = 'customers.csv', actor: UserActor = ours.editor) {
  return startBrowserUpload(actor, { tableId, dashboardHost, fileName, sizeBytes: 1 });
}

function signer(tableId: number, actor: UserActor = ours.editor) {
  return async (transferId: string, request: SignBrowserUploadRequest): Promise<string> =>
    (await signBrowserUpload(actor, { tableId, transferId, dashboardHost, request })).url;
}

async function begin(tableId: number): Promise<string> {
  return beginTransfer(await start(tableId));
}

const put = (url: string) => fetch(url, { method: 'PUT', body: csv });
const notFound = { code: 'not-found' };
const forbidden = { code: 'forbidden' };

test('a file goes to the S3 endpoint in parts and names the person', async () => {
  const { id, key } = await createTestTable(ours.editor);
  const transferId = await sendInParts({
    parts: [csv],
    start: () => start(id, 'C:\\exports\\../März 1.csv'),
    sign: signer(id),
  });
  const ended = await getBrowserUpload(ours.editor, { tableId: id, transferId });
  const uploads = await getDb().upload.findMany({ where: { tableId: id } });
  expect(uploads).toHaveLength(1);
  expect(ended).toEqual({ state: 'completed', uploadId: uploads[0]?.id });
  expect(uploads[0]?.userId).toBe(ours.editor.userId);
  expect(await waitForEnd(ours.viewer, uploads[0]?.id ?? 0)).toMatchObject({
    state: 'completed',
    source: 'browser',
    uploadedBy: ours.editor.name,
    key: key('März 1.csv'),
    rowsAccepted: 1,
  });
});

test('parts arrive in any order, once or twice, and make the file byte for byte', async () => {
  const { id, key } = await createTestTable(ours.editor);
  const sign = signer(id);
  const transferId = await begin(id);
  const parts = [8 * 1024 ** 2, 8 * 1024 ** 2, 1000].map((size) =>
    Uint8Array.from(randomBytes(size)),
  );
  const send = async (number: number) => {
    const url = await sign(transferId, { kind: 'part', partNumber: number });
    return putPart(url, parts[number - 1] ?? '');
  };
  const third = await send(3);
  const first = await send(1);
  const list = await sign(transferId, { kind: 'list', after: 0 });
  expect(await listPartNumbers(list)).toEqual([1, 3]);
  const rest = await sign(transferId, { kind: 'list', after: 1 });
  expect(await listPartNumbers(rest)).toEqual([3]);
  expect(await getBrowserUpload(ours.editor, { tableId: id, transferId })).toEqual({
    state: 'open',
  });
  const etags = [first, await send(2), await send(3)];
  expect(etags[2]).toBe(third);
  await completeTransfer(await sign(transferId, { kind: 'complete' }), etags);
  // The answer got lost: asked again, it is the same, and the file is not read in twice.
  await completeTransfer(await sign(transferId, { kind: 'complete' }), etags);
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(1);
  const client = await node.connect(id);
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key('customers.csv') }));
  const stored = Body instanceof Readable ? await buffer(Body) : Buffer.alloc(0);
  expect(stored.equals(Buffer.concat(parts))).toBe(true);
});

test('a file that is only to be checked is checked, which its sender cannot take back', async () => {
  const { id } = await createTestTable(ours.editor);
  const input = { tableId: id, dashboardHost, fileName: 'a.csv', sizeBytes: 1, checkOnly: true };
  const { url, headers } = await startBrowserUpload(ours.editor, input);
  const person = { 'x-amz-meta-opendcp-user': ours.editor.userId };
  expect(headers).toEqual({ ...person, 'x-amz-meta-opendcp-check-only': 'true' });
  expect((await fetch(url, { method: 'POST', headers: person })).status).toBe(403);
  const transferId = await sendInParts({
    parts: [csv],
    start: () => Promise.resolve({ url, headers }),
    sign: signer(id),
  });
  const ended = await getBrowserUpload(ours.editor, { tableId: id, transferId });
  const uploadId = ended.state === 'completed' ? (ended.uploadId ?? 0) : 0;
  expect(await waitForEnd(ours.viewer, uploadId)).toMatchObject({
    checkOnly: true,
    source: 'browser',
    state: 'completed',
    rowsCreated: 1,
  });
});

test('a transfer that is given up leaves nothing', async () => {
  const { id } = await createTestTable(ours.editor);
  const sign = signer(id);
  const transferId = await begin(id);
  const part = await sign(transferId, { kind: 'part', partNumber: 1 });
  await putPart(part, csv);
  const url = await sign(transferId, { kind: 'abort' });
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
  expect((await put(part)).status).toBe(404);
  await expect(sign(transferId, { kind: 'complete' })).rejects.toMatchObject(notFound);
  await expect(getBrowserUpload(ours.editor, { tableId: id, transferId })).rejects.toMatchObject(
    notFound,
  );
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(0);
});

describe('an address', () => {
  test('is for the S3 endpoint, good for five minutes, and holds no secret', async () => {
    const { id } = await createTestTable(ours.editor);
    const transferId = await begin(id);
    const url = new URL(await signer(id)(transferId, { kind: 'part', partNumber: 7 }));
    expect(url.origin).toBe(node.s3Url());
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
    expect([...url.searchParams.keys()].sort()).toEqual([
      'X-Amz-Algorithm',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
      'partNumber',
      'uploadId',
    ]);
  });

  test('begins a transfer in the person’s own name only, under the one key', async () => {
    const { id } = await createTestTable(ours.editor);
    const { url, headers } = await start(id);
    const name = 'x-amz-meta-opendcp-user';
    expect(headers).toEqual({ [name]: ours.editor.userId });
    const post = async (to: string, sent: Record<string, string>) =>
      (await fetch(to, { method: 'POST', headers: sent })).status;
    expect(await post(url, {})).toBe(403);
    expect(await post(url, { [name]: ours.administrator.userId })).toBe(403);
    expect(await post(url.replace('customers.csv', 'other.csv'), headers)).toBe(403);
    const client = await node.connect(id);
    const { Uploads } = await client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix: `dcp/${ours.serviceId}/${id}/` }),
    );
    expect(Uploads ?? []).toEqual([]);
  });

  test('of a part is for that part of that transfer and nothing else', async () => {
    const { id } = await createTestTable(ours.editor);
    const [one, two] = [await begin(id), await begin(id)];
    const url = await signer(id)(one, { kind: 'part', partNumber: 1 });
    expect((await put(url.replace('partNumber=1', 'partNumber=2'))).status).toBe(403);
    expect((await put(url.replace(one, two))).status).toBe(403);
    expect((await put(url.replace('customers.csv', 'other.csv'))).status).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url, { method: 'POST', body: '<x/>' })).status).toBe(403);
    expect((await put(url)).status).toBe(200);
  });
});

describe('a transfer is for nobody but', () => {
  test('the person who began it', async () => {
    const { id } = await createTestTable(ours.editor);
    const transferId = await begin(id);
    const colleague = await createTestUser(ours.accountId, 'editor');
    const theirs = await createTestAccount('Theirs');
    for (const actor of [colleague, ours.administrator, theirs.administrator]) {
      await expect(signer(id, actor)(transferId, { kind: 'abort' })).rejects.toMatchObject(
        notFound,
      );
      await expect(getBrowserUpload(actor, { tableId: id, transferId })).rejects.toMatchObject(
        notFound,
      );
    }
    await expect(start(id, 'a.csv', theirs.administrator)).rejects.toMatchObject(notFound);
  });

  test('editors', async () => {
    const { id } = await createTestTable(ours.editor);
    const transferId = await begin(id);
    await expect(start(id, 'a.csv', ours.viewer)).rejects.toMatchObject(forbidden);
    const demoted: UserActor = { ...ours.editor, role: 'viewer' };
    for (const kind of ['complete', 'abort'] as const) {
      await expect(signer(id, demoted)(transferId, { kind })).rejects.toMatchObject(forbidden);
    }
  });

  test('its own table', async () => {
    const [one, two] = [await createTestTable(ours.editor), await createTestTable(ours.editor)];
    const transferId = await begin(one.id);
    await expect(signer(two.id)(transferId, { kind: 'complete' })).rejects.toMatchObject(notFound);
  });

  test('browsers: an upload of an S3 client that claims the person’s name is not signed', async () => {
    const { id, key } = await createTestTable(ours.editor);
    const client = await node.connect(id);
    const { UploadId = '' } = await client.send(
      new CreateMultipartUploadCommand({
        Bucket,
        Key: key('forged.csv'),
        Metadata: { 'opendcp-user': ours.editor.userId },
      }),
    );
    await expect(signer(id)(UploadId, { kind: 'complete' })).rejects.toMatchObject(notFound);
  });
});

test('is refused before it starts when it is too large or the table archived', async () => {
  const { id } = await createTestTable(ours.editor);
  const transferId = await begin(id);
  const tooLarge = { tableId: id, dashboardHost, fileName: 'a.csv', sizeBytes: 10 * 1024 ** 3 + 1 };
  await expect(startBrowserUpload(ours.editor, tooLarge)).rejects.toMatchObject({
    code: 'invalid-fields',
  });
  await updateTable(ours.editor, id, { archived: true });
  await expect(start(id)).rejects.toMatchObject({ code: 'conflict' });
  const sign = signer(id);
  await expect(sign(transferId, { kind: 'complete' })).rejects.toMatchObject({ code: 'conflict' });
  expect(
    (await fetch(await sign(transferId, { kind: 'abort' }), { method: 'DELETE' })).status,
  ).toBe(204);
});
