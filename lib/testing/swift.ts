import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createBucket } from './create-bucket.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';

const stores = ['account', 'container', 'object'] as const;
const roles = ['proxy', ...stores] as const;
/** Tempauth's `account:user`, whose password is the secret of the S3 signature. */
const credentials = { accessKeyId: 'test:tester', secretAccessKey: 'the-secret-of-the-tests' };
const bucket = 'opendcp-blobs';
const region = 'us-east-1';
const startTimeout = 60_000;

/** Rings say which server keeps what: here the one there is of each kind. */
const ringMaker = `
import sys
from swift.common.ring import RingBuilder
for argument in sys.argv[1:]:
    name, port = argument.split('=')
    builder = RingBuilder(1, 1, 1)
    device = {'id': 0, 'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'device': 'disk', 'weight': 1}
    builder.add_dev(dict(device, port=int(port)))
    builder.rebalance()
    builder.get_ring().save(name + '.ring.gz')
`;

/** OpenStack Swift behind its own S3 interface, with a bucket; null where Debian's packages are not installed. */
export async function startSwift() {
  if (!roles.every((role) => existsSync(`/usr/bin/swift-${role}-server`))) return null;
  const directory = await mkdtemp(join(tmpdir(), 'opendcp-swift-'));
  const servers: ChildProcess[] = [];
  const stop = async () => {
    for (const child of servers) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true });
  };
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(startTimeout)]);
  try {
    const ports = await writeConfig(directory);
    for (const role of roles) {
      const args = [join(directory, `${role}.conf`)];
      const child = spawn(`/usr/bin/swift-${role}-server`, args, { stdio: 'ignore' });
      child.once('exit', (code) =>
        ended.abort(new Error(`swift-${role}-server ended with ${code}.`)),
      );
      servers.push(child);
    }
    const endpoint = `http://127.0.0.1:${ports.proxy}`;
    await createBucket({ endpoint, bucket, region, credentials, signal });
    const options = { endpoint, bucket, region, prefix: 'opendcp/', credentials };
    return { options, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    await stop();
    throw cause;
  }
}

/** Gives the port of each server. */
async function writeConfig(directory: string) {
  const ports = {
    proxy: await findFreePort(),
    account: await findFreePort(),
    container: await findFreePort(),
    object: await findFreePort(),
  };
  await mkdir(join(directory, 'devices', 'disk'), { recursive: true });
  const write = (role: string, text: string) => writeFile(join(directory, `${role}.conf`), text);
  await write('swift', '[swift-hash]\nswift_hash_path_suffix = tests\n');
  const common = (port: number) => `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
workers = 0
user = ${userInfo().username}
swift_dir = ${directory}
`;
  for (const role of stores) {
    await write(
      role,
      `${common(ports[role])}devices = ${join(directory, 'devices')}
mount_check = false
[pipeline:main]
pipeline = ${role}-server
[app:${role}-server]
use = egg:swift#${role}
`,
    );
  }
  await write('proxy', common(ports.proxy) + proxyPipeline);
  const rings = stores.map((role) => `${join(directory, role)}=${ports[role]}`);
  await promisify(execFile)('/usr/bin/python3', ['-c', ringMaker, ...rings]);
  return ports;
}

/** No cache runs, which the proxy can bear; without the filter it would not try. */
const proxyPipeline = `[pipeline:main]
pipeline = catch_errors cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
# Servers that were not there yet when they were asked first are asked again.
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_${credentials.accessKeyId.replace(':', '_')} = ${credentials.secretAccessKey} .admin
[filter:slo]
use = egg:swift#slo
`;
