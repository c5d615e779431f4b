import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes sure that one process tree at a time uses a data directory. The lock is a listening local
 * socket, so that the system releases it with the process, however it ends.
 */
export class InstanceLock {
  #state: 'running' | 'stopping' = 'running';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(this.#state);
      // While stopping, the connection stays: its end is the end of this process.
      if (this.#state === 'running') socket.end();
    });
  }

  /**
   * Takes the lock. Waits for a holder that is stopping: whoever stops OpenDCP and starts it again at once
   * means just that.
   *
   * @param onWait called when there is something to wait for.
   * @throws a sentence for people when an instance runs on the directory.
   */
  static async take(dataDir: string, onWait: () => void): Promise<InstanceLock> {
    const address = socketAddress(dataDir);
    const lock = new InstanceLock();
    do {
      if ((await askHolder(address, onWait)) === 'running') {
        throw new Error(
          `OpenDCP is already running on the data directory ${dataDir}. ` +
            'Stop it first, or set DATA_DIR to another folder.',
        );
      }
    } while (!(await lock.#listen(address)));
    return lock;
  }

  /** From now on a next start waits for the end of this process. */
  announceStop(): void {
    this.#state = 'stopping';
  }

  /** False when another process was quicker. */
  async #listen(address: string): Promise<boolean> {
    if (!address.startsWith('\0')) await unlink(address).catch(() => undefined);
    try {
      await once(this.#server.listen(address), 'listening');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
      throw error;
    }
    this.#server.unref();
    return true;
  }
}

function socketAddress(dataDir: string): string {
  const name = `opendcp-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}`;
  // Linux has an abstract namespace, which leaves no file behind.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** What holds the lock; a holder that is stopping answers by its end. */
async function askHolder(address: string, onStopping: () => void): Promise<'running' | 'gone'> {
  const socket = createConnection(address);
  let answer = '';
  try {
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer === 'stopping') onStopping();
    }
  } catch {
    return 'gone';
  }
  return answer === 'stopping' ? 'gone' : 'running';
}
