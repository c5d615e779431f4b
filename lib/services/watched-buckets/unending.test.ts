import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { saveWatchedBucketRequest } from '#lib/contracts/watched-buckets.ts';
import { getDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { useTestNode } from '#lib/testing/test-node.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { getBlobStore } from '../blob-store.ts';
import { connect, readKey } from './connect.ts';
import { explainError } from './explain-error.ts';
import { EndlessListingError, listNews } from './list-news.ts';
import { lookIntoBucket } from './look.ts';
import { saveWatchedBucket } from './save-watched-bucket.ts';

useTestDatabase();
useTestNode({ hasWorker: false });

let ours: TestAccount;
let pages = 0;
let isListEndless = false;
/** Bytes that a reader of the file took. */
let taken = 0;
let isReaderGone = false;

/** Speaks S3 and knows no end. */
const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  if (searchParams.has('list-type')) sendPage(response);
  else sendFile(request, response);
});

function sendPage(response: ServerResponse): void {
  pages += 1;
  const more = isListEndless
    ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${pages}</NextContinuationToken>`
    : '<IsTruncated>false</IsTruncated>';
  response.setHeader('content-type', 'application/xml');
  response.end(
    `<ListBucketResult>${more}<Contents><Key>${pages}.csv</Key><ETag>"e"</ETag><Size>1</Size>` +
      '<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>',
  );
}

function sendFile({ method }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('etag', '"e"');
  if (method === 'HEAD') {
    response.setHeader('content-length', 1);
    response.end();
    return;
  }
  response.once('close', () => (isReaderGone = true));
  const piece = Buffer.alloc(64 * 1024, 'x');
  const send = () => {
    // A test that failed ends, too.
    if (response.destroyed || taken > 64 * 1024 * 1024) return void response.end();
    taken += piece.length;
    if (response.write(piece)) setImmediate(send);
    else response.once('drain', send);
  };
  send();
}

beforeAll(async () => {
  ours = await createTestAccount();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return () => {
    server.closeAllConnections();
    server.close();
  };
});

afterEach(() => {
  pages = 0;
  isListEndless = false;
});

async function watch() {
  const { id: tableId } = await createTestTable(ours.editor);
  const request = saveWatchedBucketRequest.parse({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket: 'exports',
    region: 'us-east-1',
    accessKeyId: 'KEY',
    secretAccessKey: 'secret',
  });
  await saveWatchedBucket(ours.editor, tableId, request);
  pages = 0;
  return getDb().watchedBucket.findUniqueOrThrow({ where: { tableId } });
}

test('a file that goes on behind its announced end is not read on', async () => {
  const { tableId } = await watch();
  const fault = await lookIntoBucket(await getBlobStore(), tableId, new AbortController().signal);
  expect(fault).toMatchObject({ message: 'More than the 1 bytes announced came.' });
  await expect.poll(() => isReaderGone).toBe(true);
  expect(taken).toBeLessThan(32 * 1024 * 1024);
  expect(await getDb().upload.count({ where: { tableId } })).toBe(0);
});

test('a list without an end is given up', async () => {
  const watched = await watch();
  isListEndless = true;
  const client = connect(watched, readKey(watched));
  const { signal } = new AbortController();
  const fault = await listNews({ client, watched, signal, mostPages: 3 }).catch(
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(EndlessListingError);
  expect(explainError(fault)).toContain('narrower prefix');
  expect(pages).toBe(4);

  const aborted = AbortSignal.abort();
  await expect(listNews({ client, watched, signal: aborted })).rejects.toBe(aborted.reason);
  expect(pages).toBe(5);
  client.destroy();
});
