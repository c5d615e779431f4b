import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startRadosgw } from '#lib/testing/radosgw.ts';
import { startSwift } from '#lib/testing/swift.ts';
import { bucket, owner, region, startTestServer } from '#lib/s3/testing/test-server.ts';
import { BlobMissingError, BlobStoreFullError } from './blob-store.ts';
import { BucketBlobStore } from './bucket-blob-store.ts';
import { BucketBlobWriter } from './bucket-blob-writer.ts';
import { connectBucket, type BucketOptions } from './bucket-client.ts';
import { readManifest } from './read-manifest.ts';
import { describeAssembly } from './testing/assembly-suite.ts';

const mebibyte = 1024 * 1024;

interface Bucket extends AsyncDisposable {
  readonly options: BucketOptions;
}

/** This product's own endpoint, which answers as strictly as any. */
async function startOwn(): Promise<Bucket> {
  const server = await startTestServer();
  const { accessKeyId, secret: secretAccessKey, prefix } = owner;
  const credentials = { accessKeyId, secretAccessKey };
  return {
    options: { endpoint: server.endpoint, bucket, region, prefix, credentials },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const buckets = [
  ['this endpoint', startOwn],
  ['radosgw', startRadosgw],
  ['Swift', startSwift],
] as const;

describe.each(buckets)('a bucket of %s', (_, start) => {
  let server: Bucket | null;
  let blobs: BucketBlobStore;

  beforeAll(async () => {
    server = await start();
    if (server) blobs = await BucketBlobStore.open(server.options);
  }, 120_000);

  beforeEach((context) => {
    if (!server) context.skip('it is not installed');
  });

  afterAll(() => server?.[Symbol.asyncDispose]());

  async function store(...chunks: readonly (string | Buffer)[]) {
    return storeAs(undefined, chunks);
  }

  async function storeAs(size: number | undefined, chunks: readonly (string | Buffer)[]) {
    const writer = await blobs.create(size);
    for (const chunk of chunks) await writer.write(Buffer.from(chunk));
    return writer.publish();
  }

  async function names(): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const { name } of blobs.list()) found.push(name);
    return found.sort();
  }

  test('gives back what was written, whole and in ranges', async () => {
    const { name, size } = await store('customer', 'Id,plan\n', 'c1,gold\n');
    expect(size).toBe(24);
    expect((await buffer(blobs.open(name))).toString()).toBe('customerId,plan\nc1,gold\n');
    expect((await buffer(blobs.open(name, { start: 16 }))).toString()).toBe('c1,gold\n');
    expect((await buffer(blobs.open(name, { start: 8, end: 10 }))).toString()).toBe('Id');
    expect((await buffer(blobs.open(name, { start: 8, end: 8 }))).toString()).toBe('');
  });

  test('an empty blob', async () => {
    for (const { name, size } of [await store(), await storeAs(0, [])]) {
      expect(size).toBe(0);
      expect((await buffer(blobs.open(name))).toString()).toBe('');
    }
  });

  test('the size that was announced, and no other', async () => {
    const before = await names();
    for (const size of [3, 5, 200_000]) {
      await expect(storeAs(size, ['four'])).rejects.toThrow('were announced');
    }
    expect(await names()).toEqual(before);
    const { name } = await storeAs(4, ['fo', 'ur']);
    expect((await buffer(blobs.open(name))).toString()).toBe('four');
  });

  test.each([
    [5, 'unknown'],
    [5.5, 'unknown'],
    [17, 'unknown'],
    [17, 'known'],
  ])('%d MiB, its size %s before', async (size, known) => {
    const bytes = randomBytes(size * mebibyte);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_537) }, (_piece, index) =>
      bytes.subarray(index * 65_537, (index + 1) * 65_537),
    );
    const blob = await storeAs(known === 'known' ? bytes.length : undefined, pieces);
    expect(blob.size).toBe(bytes.length);
    expect((await buffer(blobs.open(blob.name))).equals(bytes)).toBe(true);
    const range = { start: 5 * mebibyte - 3, end: 5 * mebibyte };
    expect(
      (await buffer(blobs.open(blob.name, range))).equals(bytes.subarray(range.start, range.end)),
    ).toBe(true);
    const manifest = readManifest({ blobs, parts: [blob, blob], range: { start: 1 } });
    expect((await buffer(manifest)).equals(Buffer.concat([bytes.subarray(1), bytes]))).toBe(true);
  });

  test('shows nothing before it is published, and nothing that was discarded', async () => {
    const before = await names();
    const small = await blobs.create();
    const large = await blobs.create();
    const whole = await blobs.create(12 * mebibyte);
    await small.write(Buffer.from('half'));
    for (const writer of [large, whole]) {
      await writer.write(Buffer.alloc(6 * mebibyte));
      await writer.write(Buffer.alloc(6 * mebibyte));
    }
    expect(await names()).toEqual(before);
    for (const writer of [small, large, whole]) await writer.discard();
    expect(await names()).toEqual(before);
    expect(await blobs.sweep(new Date(Date.now() + 3_600_000))).toBe(0);
  });

  test('sweeps what a killed writer left, but not what is being written', async () => {
    const writer = await blobs.create();
    await writer.write(Buffer.alloc(6 * mebibyte));
    await writer.write(Buffer.alloc(6 * mebibyte));
    expect(await blobs.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(await blobs.sweep(new Date(Date.now() + 3_600_000))).toBe(1);
    await expect(writer.publish()).rejects.toThrow();
    await writer.discard();
  });

  test('discarding after publishing changes nothing', async () => {
    const writer = await blobs.create();
    await writer.write(Buffer.from('x'));
    const { name } = await writer.publish();
    await writer.discard();
    expect(await names()).toContain(name);
  });

  test('lists what is published with its time, and removes it', async () => {
    const first = await store('a');
    const second = await store('b');
    const listed = new Map<string, Date>();
    for await (const { name, publishedAt } of blobs.list()) listed.set(name, publishedAt);
    expect(listed.get(first.name)?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await blobs.remove([first.name, second.name, first.name]);
    expect(await names()).not.toContain(first.name);
    expect(await names()).not.toContain(second.name);
  });

  test('reports a blob that is gone or shorter, and never leaves its prefix', async () => {
    const { name } = await store('ab');
    await expect(buffer(blobs.open(name, { start: 5 }))).rejects.toThrow(BlobMissingError);
    const parts = [{ name, size: 5 }];
    await expect(buffer(readManifest({ blobs, parts }))).rejects.toThrow(BlobMissingError);
    await blobs.remove([name]);
    await expect(buffer(blobs.open(name))).rejects.toThrow(BlobMissingError);
    await expect(buffer(blobs.open('../other'))).rejects.toThrow(BlobMissingError);
  });

  test('goes on where a transfer broke', async () => {
    const bytes = randomBytes(4 * mebibyte);
    const { name } = await store(bytes);
    const { endpoint = '' } = server?.options ?? {};
    const proxy = await startBreakingProxy(Number(new URL(endpoint).port));
    const options = { ...server?.options, endpoint: proxy.endpoint };
    const distant = await BucketBlobStore.open({ bucket, region, prefix: '', ...options });
    expect((await buffer(distant.open(name))).equals(bytes)).toBe(true);
    expect(proxy.broken()).toBeGreaterThan(0);
    proxy.close();
  });

  describeAssembly(() => blobs);

  test('a bucket that cannot be had is told in a sentence', async () => {
    const options = { bucket, region, prefix: '', ...server?.options };
    const credentials = { accessKeyId: 'NOBODY', secretAccessKey: 'nothing' };
    await expect(BucketBlobStore.open({ ...options, credentials })).rejects.toThrow(
      /^The bucket .* cannot be reached .* Check the IMPORT_S3 settings\.$/,
    );
  });
});

test('a bucket whose quota is used up is full', async () => {
  await using own = await startOwn();
  const answering = net.createServer((socket) => {
    socket.once('data', () => {
      const xml = '<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>';
      const head = `HTTP/1.1 403 Forbidden\r\ncontent-type: application/xml\r\nconnection: close\r\ncontent-length: ${xml.length}\r\n\r\n`;
      socket.end(head + xml);
    });
  });
  const port = await listen(answering);
  const client = connectBucket({ ...own.options, endpoint: `http://127.0.0.1:${port}` });
  const writer = new BucketBlobWriter({ client, bucket, key: 'k', name: 'n' });
  await expect(writer.publish()).rejects.toThrow(BlobStoreFullError);
  answering.close();
});

/** Forwards the first connections, and never answers from then on; what was asked is kept. */
async function startHangingProxy(port: number) {
  let isHanging = false;
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (isHanging) {
      socket.resume();
      return;
    }
    const upstream = net.connect(port, '127.0.0.1');
    upstream.on('error', () => undefined);
    socket.pipe(upstream).pipe(socket);
  });
  const own = await listen(proxy);
  return {
    endpoint: `http://127.0.0.1:${own}`,
    connections: () => sockets.size,
    hang: () => {
      isHanging = true;
      for (const socket of sockets) socket.destroy();
    },
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

test('a reader may take longer than a bucket may be silent', async () => {
  await using own = await startOwn();
  using proxy = await startHangingProxy(Number(new URL(own.options.endpoint ?? '').port));
  const options = { ...own.options, endpoint: proxy.endpoint, idleTimeout: 150 };
  const blobs = await BucketBlobStore.open(options);
  const bytes = randomBytes(12 * mebibyte);
  const writer = await blobs.create();
  await writer.write(bytes);
  const { name } = await writer.publish();
  const read: Buffer[] = [];
  for await (const chunk of blobs.open(name) as AsyncIterable<Buffer>) {
    if (read.length < 3) await expect.poll(proxy.connections, { timeout: 5_000 }).toBe(0);
    read.push(chunk);
  }
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
});

test('a bucket that takes connections and never answers holds nobody for ever', async () => {
  await using own = await startOwn();
  using proxy = await startHangingProxy(Number(new URL(own.options.endpoint ?? '').port));
  const options = { ...own.options, endpoint: proxy.endpoint, idleTimeout: 150 };
  const blobs = await BucketBlobStore.open(options);
  const blob = await blobs.create(4);
  await blob.write(Buffer.from('data'));
  const { name } = await blob.publish();
  const assembly = await blobs.assembly.begin();
  proxy.hang();

  const gone = { name: 'TimeoutError' };
  const whole = await blobs.create(12 * mebibyte);
  const handingThrough = async () => {
    for (let piece = 0; piece < 12; piece++) await whole.write(Buffer.alloc(mebibyte));
    await whole.publish();
  };
  await expect(handingThrough()).rejects.toMatchObject(gone);
  await whole.discard();
  const small = await blobs.create(4);
  await small.write(Buffer.from('data'));
  await expect(small.publish()).rejects.toMatchObject(gone);
  const unknown = await blobs.create();
  await unknown.write(Buffer.from('data'));
  await expect(unknown.publish()).rejects.toMatchObject(gone);
  await expect(blobs.remove([name])).rejects.toMatchObject(gone);
  await expect(buffer(blobs.open(name))).rejects.toMatchObject(gone);
  await expect(blobs.assembly.begin()).rejects.toMatchObject(gone);
  const parts = { listed: [{ partNumber: 1, size: 4, receipt: '{"ETag":"x"}' }], others: [] };
  await expect(blobs.assembly.complete(assembly, parts)).rejects.toMatchObject(gone);
  await expect(blobs.check()).rejects.toThrow();
});

/** Forwards connections, and cuts the first few in the middle of what comes back. */
async function startBreakingProxy(port: number) {
  let broken = 0;
  const proxy = net.createServer((socket) => {
    const upstream = net.connect(port, '127.0.0.1');
    let received = 0;
    socket.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      socket.write(chunk);
      if (received > mebibyte && broken < 3) {
        broken += 1;
        socket.destroy();
      }
    });
    upstream.on('end', () => socket.end());
    for (const end of [socket, upstream]) {
      end.on('error', () => undefined);
      end.on('close', () => {
        socket.destroy();
        upstream.destroy();
      });
    }
  });
  const own = await listen(proxy);
  return {
    endpoint: `http://127.0.0.1:${own}`,
    broken: () => broken,
    close: () => proxy.close(),
  };
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
