import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './answers.ts';
import { findBinaries, serverEnvironment } from './binaries.ts';
import { openCluster } from './cluster.ts';
import { stopOrphan } from './orphan.ts';
import { findFreePort } from './free-port.ts';
import { findOwner } from './owner.ts';
import { serverSettings } from './settings.ts';

export interface Database {
  readonly url: string;
  readonly pid: number;
  /** Settles when the server is gone, for whatever reason. */
  readonly exited: Promise<void>;
  /** Fast and clean: open transactions are rolled back, a checkpoint is written. */
  stop(): Promise<void>;
}

export interface StartDatabaseOptions {
  /** Cluster directory; created on first use. Its log and password lie beside it. */
  readonly directory: string;
  /** Server settings on top of ours, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Port to listen on; a free one when left out. */
  readonly port?: number;
  /** Gives a start up that is under way. */
  readonly signal?: AbortSignal;
}

/** Crash recovery of a large database may take minutes; a server that exits is noticed at once. */
const startPatience = 10 * 60_000;
const answerPatience = 5_000;
const stopPatience = 60_000;

/**
 * What a killed server leaves that is gone at the next try: its backends, still on their way out, and
 * files of an unlogged table whose creation was under way (docs/decisions/004-embedded-postgresql.md).
 */
const passing = /pre-existing shared memory block|could not create file "[^"]+": File exists/;
const tries = 20;

/** Starts a real PostgreSQL on loopback with SCRAM, ready for queries when this resolves. */
export async function startDatabase(options: StartDatabaseOptions): Promise<Database> {
  const owner = findOwner();
  const binaries = await findBinaries(owner);
  const cluster = await openCluster(options.directory, binaries, owner);
  await stopOrphan(cluster.directory);
  const port = options.port ?? (await findFreePort());
  const settings = { ...(await serverSettings(cluster.directory)), ...options.settings };
  const logFile = `${options.directory}.log`;
  const url = `postgresql://opendcp:${cluster.password}@127.0.0.1:${port}/postgres`;
  const parameters = [
    '-D',
    cluster.directory,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  for (let attempt = 1; ; attempt++) {
    const log = await open(logFile, 'a', 0o600);
    const { size } = await log.stat();
    const server = spawn(binaries.postgres, parameters, {
      cwd: '/',
      // Its own process group: Ctrl-C in the terminal must reach the launcher first.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: serverEnvironment(),
      ...(owner ?? {}),
    });
    await log.close();
    // One that could not even be spawned is gone as well.
    const exited = once(server, 'exit').then(
      () => undefined,
      () => undefined,
    );
    if (await isReady(server, { url, exited, signal: options.signal })) {
      return { url, pid: server.pid ?? 0, exited, stop: () => stop(server, exited) };
    }
    const reason = await lastTrouble(logFile, size);
    if (attempt === tries || options.signal?.aborted || !passing.test(reason)) {
      throw new Error(`PostgreSQL did not start. Its log, ${logFile}, says: ${reason}`);
    }
    await delay(250);
  }
}

/** False when the server gave up; one that is not ready in time, or not wanted any more, is stopped. */
async function isReady(
  server: ChildProcess,
  options: {
    readonly url: string;
    readonly exited: Promise<void>;
    readonly signal: AbortSignal | undefined;
  },
): Promise<boolean> {
  const { url, exited, signal } = options;
  const end = Date.now() + startPatience;
  while (Date.now() < end && !signal?.aborted) {
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) {
      return false;
    }
    // Another program that has the port may take connections and say nothing.
    if (await Promise.race([answers(url, answerPatience), exited.then(() => false)])) return true;
    await delay(30);
  }
  server.kill('SIGQUIT');
  await exited;
  return false;
}

/** What the log says since `offset`: the lines with the reason, else all; answers to clients too early are no reason. */
async function lastTrouble(file: string, offset: number): Promise<string> {
  const text = (await readFile(file)).subarray(offset).toString();
  const lines = text.trim().split('\n');
  const reasons = lines.filter(
    (line) => /\b(FATAL|PANIC):/.test(line) && !/the database system is/.test(line),
  );
  return (reasons.length > 0 ? reasons : lines).slice(-3).join(' / ');
}

async function stop(server: ChildProcess, exited: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopPatience);
  await exited;
  clearTimeout(timer);
}
