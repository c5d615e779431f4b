import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { AssemblyGoneError, type AssemblyPart, type OpenAssembly } from '../blob-assembly.ts';
import type { ByteRange } from '../blob-store.ts';
import type { BucketBlobStore } from '../bucket-blob-store.ts';
import { readManifest } from '../read-manifest.ts';

const mebibyte = 1024 * 1024;
const pieceBytes = 65_537;

/** What every server's own multipart uploads must be good for. */
export function describeAssembly(store: () => BucketBlobStore): void {
  const assemblyOf = () => store().assembly;

  async function write(assembly: OpenAssembly, partNumber: number, bytes: Buffer) {
    const writer = assemblyOf().writePart({ assembly, partNumber, size: bytes.length });
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      await writer.write(bytes.subarray(start, start + pieceBytes));
    }
    return {
      publish: async () => ({ partNumber, ...(await writer.publish()) }),
      discard: () => writer.discard(),
    };
  }

  async function put(assembly: OpenAssembly, partNumber: number, bytes: Buffer) {
    return (await write(assembly, partNumber, bytes)).publish();
  }

  async function complete(
    assembly: OpenAssembly,
    listed: readonly AssemblyPart[],
    others: readonly AssemblyPart[] = [],
  ) {
    return (await assemblyOf().complete(assembly, { listed, others })).kind;
  }

  async function isListed({ name }: OpenAssembly): Promise<boolean> {
    for await (const blob of store().list()) if (blob.name === name) return true;
    return false;
  }

  describe('a blob put together of parts', () => {
    test('that come in any order, come again, or are left out', async () => {
      const assembly = await assemblyOf().begin();
      const [first, second] = [randomBytes(5 * mebibyte + 3), randomBytes(70_000)];
      const last = await put(assembly, 7, second);
      const left = await put(assembly, 2, randomBytes(5 * mebibyte));
      await put(assembly, 3, randomBytes(6 * mebibyte));
      const parts = { listed: [await put(assembly, 3, first), last], others: [left] };
      expect(await isListed(assembly)).toBe(false);
      const done = await assemblyOf().complete(assembly, parts);
      if (done.kind !== 'complete') throw new Error(done.kind);
      expect(await assemblyOf().complete(assembly, parts)).toEqual(done);
      expect(await isListed(assembly)).toBe(true);

      const { name } = assembly;
      const refs = [first, second].map(({ length: size }, index) => ({
        name,
        size,
        offset: done.offsets[index] ?? 0,
      }));
      const whole = Buffer.concat([first, second]);
      const range = { start: first.length - 2, end: whole.length - 1 };
      const read = async (part?: ByteRange) => {
        const wanted = part ? { range: part } : {};
        return buffer(readManifest({ blobs: store(), parts: refs, ...wanted }));
      };
      expect((await read()).equals(whole)).toBe(true);
      expect((await read(range)).equals(whole.subarray(range.start, range.end))).toBe(true);
    });

    test('a part that is discarded leaves the one that had its number', async () => {
      const assembly = await assemblyOf().begin();
      const [good, bad] = [randomBytes(6 * mebibyte), randomBytes(6 * mebibyte)];
      const part = await put(assembly, 1, good);
      await (await write(assembly, 1, bad)).discard();
      await (await write(assembly, 1, bad.subarray(0, 10))).discard();
      const short = assemblyOf().writePart({ assembly, partNumber: 1, size: 20 });
      await short.write(bad.subarray(0, 10));
      await expect(short.publish()).rejects.toThrow('20 bytes were announced, and 10 came.');
      await short.discard();
      expect(await complete(assembly, [part])).toBe('complete');
      expect((await buffer(store().open(assembly.name))).equals(good)).toBe(true);
    });

    test('a part that another one replaced is refused, and the upload goes on', async () => {
      const assembly = await assemblyOf().begin();
      const before = await put(assembly, 1, randomBytes(100));
      const part = await put(assembly, 1, Buffer.from('customerId\nc1\n'));
      expect(await complete(assembly, [before])).toBe('refused');
      expect(await complete(assembly, [part])).toBe('complete');
      expect((await buffer(store().open(assembly.name))).toString()).toBe('customerId\nc1\n');
    });

    test('no bytes at all', async () => {
      const assembly = await assemblyOf().begin();
      const part = await put(assembly, 1, Buffer.alloc(0));
      expect(await complete(assembly, [part])).toBe('complete');
      expect((await buffer(store().open(assembly.name))).length).toBe(0);
    });

    test('is swept when nobody needs it, and gone when it was forgotten', async () => {
      const later = new Date(Date.now() + 3_600_000);
      const assembly = await assemblyOf().begin();
      const part = await put(assembly, 1, randomBytes(5 * mebibyte));
      expect(await store().sweep(later, new Set([assembly.name]))).toBe(0);
      expect(await store().sweep(later)).toBe(1);
      expect(await complete(assembly, [part])).toBe('gone');
      const writing = put(assembly, 2, Buffer.from('x'));
      await expect(writing).rejects.toThrow(AssemblyGoneError);

      const aborted = await assemblyOf().begin();
      await put(aborted, 1, randomBytes(100));
      await assemblyOf().abort(aborted);
      await assemblyOf().abort(aborted);
      expect(await store().sweep(later)).toBe(0);
      expect(await isListed(aborted)).toBe(false);
    });
  });
}
