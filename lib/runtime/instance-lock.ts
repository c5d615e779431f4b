import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes sure that one process tree at a time uses a data directory. The lock is a listening local
 * socket, so that the system releases it with the process, however it ends.
 */
export async function lockDataDirectory(dataDir: string): Promise<void> {
  const address = socketAddress(dataDir);
  if (await hasListener(address)) {
    throw new Error(
      `OpenDCP is already running on the data directory ${dataDir}. ` +
        'Stop it first, or set DATA_DIR to another folder.',
    );
  }
  if (!address.startsWith('\0')) await unlink(address).catch(() => undefined);
  const server = createServer((socket) => socket.end()).listen(address);
  await once(server, 'listening');
  server.unref();
}

function socketAddress(dataDir: string): string {
  const name = `opendcp-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}`;
  // Linux has an abstract namespace, which leaves no file behind.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

async function hasListener(address: string): Promise<boolean> {
  const socket = createConnection(address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
