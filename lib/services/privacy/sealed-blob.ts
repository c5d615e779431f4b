import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { BlobRef, BlobStore } from '#lib/blob/blob-store.ts';
import { deriveKey } from '../secrets.ts';

const algorithm = 'aes-256-gcm';

const seal = z.object({ nonce: z.string(), tag: z.string(), sizeBytes: z.int() });

/** What it takes, beside the master key, to read an encrypted blob. */
export type Seal = z.infer<typeof seal>;

export function parseSeal(stored: unknown): Seal {
  return seal.parse(stored);
}

/**
 * Keeps a stream in the blob store, encrypted: whoever reads the disk or the bucket reads nothing.
 *
 * @param open begins the stream, once there is room for it
 */
export async function writeSealed(
  blobs: BlobStore,
  open: () => Readable,
): Promise<{ readonly blob: BlobRef; readonly seal: Seal }> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, deriveKey('privacy-exports'), nonce);
  const writer = await blobs.create();
  try {
    await pipeline(open(), cipher, async (encrypted: AsyncIterable<Buffer>) => {
      for await (const chunk of encrypted) await writer.write(chunk);
    });
    const blob = await writer.publish();
    const tag = cipher.getAuthTag().toString('base64');
    return { blob, seal: { nonce: nonce.toString('base64'), tag, sizeBytes: blob.size } };
  } finally {
    await writer.discard();
  }
}

/** Fails at its end when the blob is not the one that was written. */
export async function* readSealed(
  blobs: BlobStore,
  name: string,
  { nonce, tag }: Seal,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const decipher = createDecipheriv(
    algorithm,
    deriveKey('privacy-exports'),
    Buffer.from(nonce, 'base64'),
    { authTagLength: 16 },
  );
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  for await (const chunk of blobs.open(name) as AsyncIterable<Buffer>) {
    yield decipher.update(chunk);
  }
  yield decipher.final();
}
