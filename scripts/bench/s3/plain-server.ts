import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

/**
 * The limit: a server that does nothing but hash what the endpoint has to hash in that mode, write the file, and make it safe.
 * The digests stand in the path: `PUT /md5,sha256`.
 */
const directory = process.argv[2] ?? '';
await mkdir(directory, { recursive: true });

async function receive(request: http.IncomingMessage, digests: readonly string[]): Promise<void> {
  const hashes = digests.filter((name) => name !== 'crc32').map((name) => createHash(name));
  let checksum = 0;
  const path = join(directory, 'incoming');
  async function* hashed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      for (const hash of hashes) hash.update(chunk);
      if (digests.includes('crc32')) checksum = crc32(chunk, checksum);
      yield chunk;
    }
  }
  const file = createWriteStream(path, { flush: true, highWaterMark: 1024 * 1024 });
  await pipeline(request, hashed, file);
  for (const hash of hashes) hash.digest();
  await rename(path, join(directory, 'object'));
  await rm(join(directory, 'object'));
}

const server = http.createServer((request, response) => {
  const digests = (request.url ?? '/').slice(1).split(',');
  void receive(request, digests).then(() => response.end());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.({ port: address.port });
});
process.once('disconnect', () => process.exit());
