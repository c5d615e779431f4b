import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { findCustomerRows, UnsearchableFileError } from './find-customer-rows.ts';
import { StoredFile } from './stored-file.ts';

let directory: string;
let blobs: FileBlobStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'opendcp-find-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Lines on which the customer `c1` is found. */
async function find(content: string | Buffer, { cutAt = 0, ids = ['c1'] } = {}): Promise<number[]> {
  const bytes = Buffer.from(content);
  const parts = [];
  for (const part of [bytes.subarray(0, cutAt), bytes.subarray(cutAt)]) {
    const writer = await blobs.create();
    await writer.write(part);
    parts.push(await writer.publish());
  }
  const { signal } = new AbortController();
  const file = await StoredFile.open(blobs, parts, signal);
  const rows = findCustomerRows({
    file,
    fileName: 'a.csv',
    wanted: { ids: new Set(ids) },
    signal,
  });
  return (await Array.fromAsync(rows)).map(({ line }) => line);
}

test('finds rows after the header, whatever the delimiter', async () => {
  expect(await find('customerId,a\nc1,1\nc10,1\n"c1",2\n')).toEqual([2, 4]);
  expect(await find('a\tCUSTOMERID\n1\tc1\n')).toEqual([2]);
  expect(await find('\ufeffcustomerId,a\nc1,1\n')).toEqual([2]);
  expect(await find('customerId,a\nc2,1\n')).toEqual([]);
  expect(await find('')).toEqual([]);
});

test('finds an ID that two parts of the file share', async () => {
  const text = 'customerId,a\nx,1\nc1,1\n';
  for (let cutAt = 1; cutAt < text.length; cutAt++)
    expect(await find(text, { cutAt })).toEqual([3]);
});

test('finds rows of gzip files', async () => {
  expect(await find(gzipSync('customerId,a\nc2,1\nc1,1\n'))).toEqual([3]);
});

test('finds a row where the header should be', async () => {
  expect(await find('c1,5,Paris\nc2,6,Rome\n')).toEqual([1]);
  expect(await find('\ufeffc1;5;Paris\n')).toEqual([1]);
});

test('looks for many IDs at once', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `c${index}`);
  expect(await find('customerId,a\nc99,1\nc100,1\nc1,1\n', { ids })).toEqual([2, 4]);
});

test('says of what is no text, or damaged, that it cannot be searched', async () => {
  const damaged = gzipSync('customerId,a\nc2,1\n').subarray(0, 25);
  const utf16 = Buffer.from('\ufeffcustomerId,a\nc1,1\n', 'utf16le');
  for (const content of [damaged, utf16, Buffer.from('PK\u0003\u0004 c1')]) {
    await expect(find(content)).rejects.toBeInstanceOf(UnsearchableFileError);
  }
});
