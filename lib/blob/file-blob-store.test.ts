import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobMissingError, BlobStoreFullError } from './blob-store.ts';
import { FileBlobStore } from './file-blob-store.ts';
import { readManifest } from './read-manifest.ts';

let directory: string;
let blobs: FileBlobStore;

beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'opendcp-blob-')), 'objects');
  blobs = await FileBlobStore.open({ directory, reserveBytes: 0 });
});

afterEach(() => rm(join(directory, '..'), { recursive: true, force: true }));

async function store(...chunks: readonly string[]) {
  const writer = await blobs.create();
  for (const chunk of chunks) await writer.write(Buffer.from(chunk));
  return writer.publish();
}

test('gives back what was written, whole and in ranges', async () => {
  const { name, size } = await store('customer', 'Id,plan\n', 'c1,gold\n');
  expect(size).toBe(24);
  expect((await buffer(blobs.open(name))).toString()).toBe('customerId,plan\nc1,gold\n');
  expect((await buffer(blobs.open(name, { start: 16 }))).toString()).toBe('c1,gold\n');
  expect((await buffer(blobs.open(name, { start: 8, end: 10 }))).toString()).toBe('Id');
  expect((await buffer(blobs.open(name, { start: 8, end: 8 }))).toString()).toBe('');
});

test('writes more than the disk takes at a time, in order', async () => {
  const writer = await blobs.create();
  const expected: Buffer[] = [];
  for (let index = 0; index < 300; index += 1) {
    const chunk = Buffer.alloc(65_537, index);
    expected.push(chunk);
    await writer.write(chunk);
  }
  const { name } = await writer.publish();
  expect((await buffer(blobs.open(name))).equals(Buffer.concat(expected))).toBe(true);
});

test('shows nothing before it is published, and nothing that was discarded', async () => {
  const writer = await blobs.create();
  await writer.write(Buffer.from('half'));
  expect(await names()).toEqual([]);
  await writer.discard();
  expect(await names()).toEqual([]);
  expect(await readdir(join(directory, 'incoming'))).toEqual([]);
});

test('discarding after publishing changes nothing', async () => {
  const writer = await blobs.create();
  const { name } = await writer.publish();
  await writer.discard();
  expect(await names()).toEqual([name]);
});

test('keeps files from other users of the machine', async () => {
  const { name } = await store('secret');
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
  expect((await stat(join(directory, 'incoming'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
});

test('closes a directory that was open to others', async () => {
  const open = join(directory, '..', 'open');
  await mkdir(open, { mode: 0o755 });
  await FileBlobStore.open({ directory: open });
  expect((await stat(open)).mode & 0o777).toBe(0o700);
});

test('reports a blob that is gone, and never leaves its directory', async () => {
  const { name } = await store('x');
  await blobs.remove([name, name]);
  await expect(buffer(blobs.open(name))).rejects.toBeInstanceOf(BlobMissingError);
  await writeFile(join(directory, '..', 'outside'), 'secret');
  await expect(buffer(blobs.open('../outside'))).rejects.toBeInstanceOf(BlobMissingError);
  await expect(blobs.remove(['../outside'])).rejects.toBeInstanceOf(BlobMissingError);
});

test('refuses what does not fit and leaves the reserve alone', async () => {
  const free = await blobs.freeBytes();
  await expect(blobs.create(free * 2)).rejects.toBeInstanceOf(BlobStoreFullError);
  const careful = await FileBlobStore.open({ directory, reserveBytes: free * 2 });
  await expect(careful.create()).rejects.toBeInstanceOf(BlobStoreFullError);
  expect(await readdir(join(directory, 'incoming'))).toEqual([]);
});

test('sweeps what a killed writer left, but not what is being written', async () => {
  const stale = join(directory, 'incoming', '00000000-0000-4000-8000-000000000000');
  await writeFile(stale, 'half a file');
  const writer = await blobs.create();
  expect(await blobs.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
  await utimes(stale, new Date(0), new Date(0));
  await writer.write(Buffer.from('x'));
  expect(await blobs.sweep(new Date(Date.now() + 60_000))).toBe(2);
  await writer.discard();
});

test('lists what is published with its time', async () => {
  const before = Date.now() - 1000;
  const { name } = await store('x');
  const [listed, ...others] = await Array.fromAsync(blobs.list());
  expect(others).toEqual([]);
  expect(listed?.name).toBe(name);
  expect(listed?.publishedAt.getTime()).toBeGreaterThan(before);
});

test('reads an object of several blobs as one, in any range', async () => {
  const parts = [await store('abc'), await store(''), await store('defg'), await store('hi')];
  const read = async (start: number, end?: number) => {
    const range = end === undefined ? { start } : { start, end };
    return (await buffer(readManifest({ blobs, parts, range }))).toString();
  };
  const whole = 'abcdefghi';
  expect((await buffer(readManifest({ blobs, parts }))).toString()).toBe(whole);
  for (let start = 0; start <= whole.length; start += 1) {
    expect(await read(start)).toBe(whole.slice(start));
    for (let end = start; end <= whole.length; end += 1) {
      expect(await read(start, end)).toBe(whole.slice(start, end));
    }
  }
});

test('fails rather than give a shorter object than was recorded', async () => {
  const { name, size } = await store('abc');
  const parts = [{ name, size: size + 1 }];
  await expect(buffer(readManifest({ blobs, parts }))).rejects.toBeInstanceOf(BlobMissingError);
});

async function names(): Promise<readonly string[]> {
  return (await Array.fromAsync(blobs.list())).map((blob) => blob.name);
}
