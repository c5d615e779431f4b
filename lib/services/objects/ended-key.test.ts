import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { sha256, signRequest } from '#lib/s3/testing/raw-client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { createCredentialSource } from '../credentials/credential-source.ts';
import { currentAccessKey, endCredential, rotateCredential } from '../credentials.ts';
import { objectIndex } from '../objects.ts';

useTestDatabase();
const node = useTestNode({ hasWorker: false });

const Bucket = 'optimizely-import';
const csv = 'customerId,long\nc1,5\n';

let ours: TestAccount;

beforeAll(async () => {
  ours = await createTestAccount();
});

/** A table with its client, and its key as one that a rotation has left valid for a while. */
async function makeTable() {
  const table = await createTestTable(ours.editor);
  const client = await node.connect(table.id);
  const { accessKeyId, secretAccessKey } = await currentAccessKey(table.id);
  const credential = await createCredentialSource().find(accessKeyId);
  if (!credential) throw new Error('There is no key.');
  await rotateCredential(ours.editor, table.id, { overlapHours: 1 });
  return { ...table, client, credential, signer: { accessKeyId, secret: secretAccessKey } };
}

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  readonly signer: { readonly accessKeyId: string; readonly secret: string };
}

/** A request that the endpoint has let in and whose body it waits for. */
async function begin({ method, target, body, signer }: Sent): Promise<ClientRequest> {
  const { port } = new URL(node.s3Url());
  const wanted = { method, target: `/${Bucket}${target}`, payloadHash: sha256(body), ...signer };
  const { headers } = signRequest({ port: Number(port) }, wanted);
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method,
    path: wanted.target,
    headers: { ...headers, 'content-length': body.length, expect: '100-continue' },
  });
  request.flushHeaders();
  await once(request, 'continue');
  return request;
}

async function finish(request: ClientRequest, body: string): Promise<string | undefined> {
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const answer = await text(response);
  return /<Code>(\w+)</.exec(answer)?.[1] ?? String(response.statusCode);
}

const revoke = ({ id }: { id: number }) => endCredential(ours.editor, id);
const expire = ({ id }: { id: number }) =>
  getDb().credential.update({ where: { id }, data: { expiresAt: new Date() } });

async function startParts(client: S3Client, Key: string): Promise<string> {
  const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  return UploadId;
}

test.each([
  ['revoked', revoke],
  ['expired', expire],
])('a file whose key is %s while it comes is not published', async (_how, end) => {
  const { id, key, credential, signer } = await makeTable();
  const sent = { method: 'PUT', target: `/${key('a.csv')}`, body: csv, signer };
  expect(await finish(await begin(sent), csv)).toBe('200');

  const other = { ...sent, target: `/${key('b.csv')}` };
  const request = await begin(other);
  await end(credential);
  expect(await finish(request, csv)).toBe('InvalidAccessKeyId');
  const objects = await getDb().storedObject.findMany({ where: { tableId: id } });
  expect(objects.map((object) => object.key)).toEqual([key('a.csv')]);
  expect(await getDb().upload.count({ where: { tableId: id } })).toBe(1);
});

test('a part whose key is ended while it comes is not kept', async () => {
  const { key, client, credential, signer } = await makeTable();
  const uploadId = await startParts(client, key('a.csv'));
  const target = `/${key('a.csv')}?partNumber=1&uploadId=${uploadId}`;
  const request = await begin({ method: 'PUT', target, body: csv, signer });
  await revoke(credential);
  expect(await finish(request, csv)).toBe('InvalidAccessKeyId');
  expect(await getDb().multipartPart.count({ where: { uploadId } })).toBe(0);
});

test('an upload in parts whose key is ended before it is published stays open', async () => {
  const { id, key, client, credential, signer } = await makeTable();
  const Key = key('a.csv');
  const uploadId = await startParts(client, Key);
  const part = { Bucket, Key, UploadId: uploadId, PartNumber: 1, Body: csv };
  const { ETag = '' } = await client.send(new UploadPartCommand(part));
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part></CompleteMultipartUpload>`;
  const target = `/${Key}?uploadId=${uploadId}`;
  const request = await begin({ method: 'POST', target, body, signer });
  const parts = await objectIndex.multipart.listParts({ uploadId, after: 0, limit: 1 });
  await revoke(credential);
  expect(await finish(request, body)).toBe('InvalidAccessKeyId');

  // Also where the key ends later, while the parts are put together.
  const completed = await objectIndex.multipart.complete({
    uploadId,
    parts,
    object: {
      key: Key,
      credential,
      contentType: null,
      contentEncoding: null,
      metadata: {},
      parts: parts.map(({ blob }) => blob),
      size: csv.length,
      etag: 'etag',
      checksum: null,
      conditions: {},
      clientRequest: null,
    },
  });
  expect(completed).toEqual({ kind: 'key-ended' });
  expect(await getDb().storedObject.count({ where: { tableId: id } })).toBe(0);
  expect((await objectIndex.multipart.get(uploadId))?.completed).toBeNull();
});

test('a list of files to delete does nothing when its key is ended before it has come', async () => {
  const { key, client, credential, signer } = await makeTable();
  await client.send(new PutObjectCommand({ Bucket, Key: key('a.csv'), Body: csv }));
  const body = `<Delete><Object><Key>${key('a.csv')}</Key></Object></Delete>`;
  const request = await begin({ method: 'POST', target: '?delete=', body, signer });
  await revoke(credential);
  expect(await finish(request, body)).toBe('InvalidAccessKeyId');
  expect(await objectIndex.get(key('a.csv'))).not.toBeNull();
});
