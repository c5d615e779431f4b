import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createBucket } from './create-bucket.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';

const run = promisify(execFile);
const programs = ['ceph-mon', 'ceph-osd', 'ceph', 'radosgw', 'radosgw-admin', 'monmaptool'];
const credentials = { accessKeyId: 'OPENDCPTEST', secretAccessKey: 'the-secret-of-the-tests' };
const bucket = 'opendcp-blobs';
const region = 'default';

/** A start takes some 15 s. */
const startTimeout = 35_000;
const mostStarts = 3;

/** Ceph's S3 gateway with a bucket, its data in memory; null where Debian's packages are not installed. */
export async function startRadosgw() {
  if (!programs.every((program) => existsSync(`/usr/bin/${program}`))) return null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce();
    } catch (error) {
      // On a busy machine a daemon now and then gives up while it starts.
      if (attempt === mostStarts) throw error;
    }
  }
}

async function startOnce() {
  const directory = await mkdtemp(join(tmpdir(), 'opendcp-ceph-'));
  const daemons: ChildProcess[] = [];
  const stop = async () => {
    for (const child of daemons.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  };
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(startTimeout)]);

  try {
    const config = await writeConfig(directory);
    const tool = (command: string, ...args: string[]) =>
      run(command, ['-c', config, ...args], { signal, killSignal: 'SIGKILL' });
    const start = (command: string, ...args: string[]) => {
      const child = spawn(command, ['-c', config, '-f', ...args], { stdio: 'ignore' });
      child.once('exit', (code) => ended.abort(new Error(`${command} ended with ${code}.`)));
      daemons.push(child);
    };
    await tool('ceph-mon', '--mkfs', '-i', 'a', '--monmap', join(directory, 'monmap'));
    start('ceph-mon', '-i', 'a');
    const osd = randomUUID();
    await tool('ceph', 'osd', 'new', osd);
    await tool('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd);
    start('ceph-osd', '-i', '0');
    const user = ['user', 'create', '--uid=test', '--display-name=test'];
    const keys = [
      `--access-key=${credentials.accessKeyId}`,
      `--secret=${credentials.secretAccessKey}`,
    ];
    await tool('radosgw-admin', ...user, ...keys);
    const port = await findFreePort();
    start('radosgw', '-n', 'client.rgw.a', `--rgw-frontends=beast endpoint=127.0.0.1:${port}`);
    const endpoint = `http://127.0.0.1:${port}`;
    await createBucket({ endpoint, bucket, region, credentials, signal });
    const options = { endpoint, bucket, region, prefix: 'opendcp/', credentials };
    return { options, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    await stop();
    throw cause;
  }
}

async function writeConfig(directory: string): Promise<string> {
  for (const folder of ['mon', 'osd']) await mkdir(join(directory, folder));
  const config = join(directory, 'ceph.conf');
  const fsid = randomUUID();
  const monitor = `v1:127.0.0.1:${await findFreePort()}`;
  const settings = {
    fsid,
    'mon host': `[${monitor}]`,
    'auth cluster required': 'none',
    'auth service required': 'none',
    'auth client required': 'none',
    'ms bind msgr2': 'false',
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'osd pool default size': '1',
    'osd pool default min size': '1',
    'osd pool default pg num': '1',
    'osd crush chooseleaf type': '0',
    'mon allow pool size one': 'true',
    'mon osd min in ratio': '0',
    'osd objectstore': 'memstore',
    'memstore device bytes': String(2 * 1024 ** 3),
    'mon data': join(directory, 'mon'),
    'osd data': join(directory, 'osd'),
    'run dir': directory,
    'admin socket': join(directory, '$name.$pid.asok'),
    'log file': join(directory, '$name.log'),
    'crash dir': directory,
    'mon cluster log file': join(directory, 'cluster.log'),
    keyring: join(directory, 'keyring'),
    'rgw data': directory,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  await writeFile(config, ['[global]', ...lines, ''].join('\n'));
  await writeFile(join(directory, 'keyring'), '');
  const map = ['--create', '--fsid', fsid, '--addv', 'a', `[${monitor}]`];
  await run('monmaptool', [...map, join(directory, 'monmap')]);
  return config;
}
