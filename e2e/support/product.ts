import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { launcherPid } from './role-process.ts';

/** A running product, started the way a newcomer starts it. */
export interface Product {
  readonly url: string;
  readonly profileUrl: string;
  readonly s3Url: string;
  readonly dataDir: string;
  /** The variables it was started with, to start another one like it. */
  readonly environment: Record<string, string>;
  /** The npm process, the parent of everything. */
  readonly npm: ChildProcess;
  /** The one-time link that was printed; null when the administrator came from the environment. */
  readonly setupLink: string | null;
  /** Stops it as SIGTERM does, leaving the data directory. */
  stop(): Promise<void>;
  /** Removes the data directory. */
  remove(): Promise<void>;
}

/** Runs `npm start` on free ports and, unless told otherwise, a data directory of its own. */
export async function startProduct(overrides: Record<string, string> = {}): Promise<Product> {
  const environment = { ...(await freshEnvironment()), ...overrides };
  const npm = launch(environment);
  npm.stderr?.pipe(process.stderr);
  let setupLink: string | null = null;
  let isReady = false;
  for await (const line of createInterface({ input: npm.stdout ?? process.stdin })) {
    if (line.includes('OpenDCP is ready')) isReady = true;
    setupLink ??= /https?:\S+\/setup\?secret=\S+/.exec(line)?.[0] ?? null;
    if (isReady && line.startsWith('  S3 endpoint') && environment['ADMIN_EMAIL']) break;
    if (isReady && setupLink) break;
  }
  if (!isReady) throw new Error('The product did not start; its messages are above.');
  npm.stdout?.resume();
  const dataDir = environment['DATA_DIR'] ?? '';
  return {
    url: `http://127.0.0.1:${environment['PORT']}`,
    profileUrl: `http://127.0.0.1:${environment['PROFILE_PORT']}`,
    s3Url: `http://127.0.0.1:${environment['S3_PORT']}`,
    dataDir,
    environment,
    npm,
    setupLink,
    stop: async () => {
      const launcher = await launcherPid(dataDir);
      const exited = once(npm, 'exit');
      npm.kill('SIGTERM');
      await exited;
      // npm's shell does not wait for what it runs.
      await endOf(launcher);
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** Runs `npm start` where it must fail, and returns what it said. */
export async function failToStart(
  environment: Record<string, string>,
): Promise<{ code: number | null; message: string }> {
  const npm = launch(environment);
  npm.stdout?.resume();
  const [message] = await Promise.all([
    npm.stderr ? text(npm.stderr) : Promise.resolve(''),
    once(npm, 'exit'),
  ]);
  return { code: npm.exitCode, message: message.trim() };
}

/** Variables for a product of its own: free ports, an empty data directory (with a space in its path). */
export async function freshEnvironment(): Promise<Record<string, string>> {
  const [port, profilePort, s3Port] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  return {
    DATA_DIR: await mkdtemp(join(tmpdir(), 'opendcp e2e ')),
    PORT: String(port),
    PROFILE_PORT: String(profilePort),
    S3_PORT: String(s3Port),
    LOG_LEVEL: 'warn',
  };
}

async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function launch(environment: Record<string, string>): ChildProcess {
  return spawn('npm', ['start', '--silent'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}
