import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running product, started the way a newcomer starts it. */
export interface Product {
  readonly url: string;
  readonly profileUrl: string;
  readonly s3Url: string;
  readonly dataDir: string;
  /** The one-time link that was printed; null when the administrator came from the environment. */
  readonly setupLink: string | null;
  stop(): Promise<void>;
}

/** Runs `npm start` on free ports and a data directory of its own. */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'opendcp e2e '));
  const [port, profilePort, s3Port] = await Promise.all([freePort(), freePort(), freePort()]);
  const child = spawn('npm', ['start', '--silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      PROFILE_PORT: String(profilePort),
      S3_PORT: String(s3Port),
      LOG_LEVEL: 'warn',
      ...environment,
    },
  });
  let setupLink: string | null = null;
  let isReady = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('OpenDCP is ready')) isReady = true;
    setupLink ??= /https?:\S+\/setup\?secret=\S+/.exec(line)?.[0] ?? null;
    if (isReady && line.trim() === '') break;
  }
  if (!isReady) throw new Error('The product did not start; its messages are above.');
  child.stdout.resume();
  return {
    url: `http://127.0.0.1:${port}`,
    profileUrl: `http://127.0.0.1:${profilePort}`,
    s3Url: `http://127.0.0.1:${s3Port}`,
    dataDir,
    setupLink,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
