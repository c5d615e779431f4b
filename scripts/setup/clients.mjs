import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** Chromium-like browsers that are good for the journeys, best first. */
const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Debian packages with the browser, the S3 clients that the tests drive, and S3 servers to keep files in. */
const packages = [
  { name: 'chromium', isThere: () => browsers.some((path) => existsSync(path)) },
  { name: 'awscli', isThere: () => existsSync('/usr/bin/aws') },
  { name: 'python3-boto3', isThere: () => answers('/usr/bin/python3', ['-c', 'import boto3']) },
  { name: 'rclone', isThere: () => answers('rclone', ['--version']) },
  { name: 's3cmd', isThere: () => answers('s3cmd', ['--version']) },
  { name: 's4cmd', isThere: () => answers('s4cmd', ['--version']) },
  { name: 'ruby-aws-sdk-s3', isThere: () => answers('ruby', ['-e', 'require "aws-sdk-s3"']) },
  {
    name: 'libnet-amazon-s3-perl',
    isThere: () => answers('perl', ['-MNet::Amazon::S3', '-e', '1']),
  },
  { name: 'golang-go', isThere: () => answers('go', ['version']) },
  {
    name: 'golang-github-minio-minio-go-v7-dev',
    isThere: () => existsSync('/usr/share/gocode/src/github.com/minio/minio-go/v7/api.go'),
  },
  { name: 'libs3-2', isThere: () => existsSync('/usr/bin/s3') },
  { name: 'radosgw', isThere: () => existsSync('/usr/bin/radosgw') },
  { name: 'ceph-mon', isThere: () => existsSync('/usr/bin/ceph-mon') },
  { name: 'ceph-osd', isThere: () => existsSync('/usr/bin/ceph-osd') },
  { name: 'swift-proxy', isThere: () => existsSync('/usr/bin/swift-proxy-server') },
  { name: 'swift-account', isThere: () => existsSync('/usr/bin/swift-account-server') },
  { name: 'swift-container', isThere: () => existsSync('/usr/bin/swift-container-server') },
  { name: 'swift-object', isThere: () => existsSync('/usr/bin/swift-object-server') },
  { name: 'curl', isThere: () => answers('curl', ['--version']) },
  { name: 'openssl', isThere: () => answers('openssl', ['version']) },
];

/** Installs what is missing, where this machine lets us; the tests name what they had to skip. */
export async function installClients() {
  const missing = packages.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  if (missing.length > 0 && process.getuid?.() === 0 && answers('apt-get', ['--version'])) {
    console.log(`Installing ${missing.join(', ')} …`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      env,
      quiet: true,
    });
  }
  const browser = process.env.CHROMIUM_PATH ?? browsers.find((path) => existsSync(path));
  if (browser) return browser;
  await run('npx', ['playwright', 'install', 'chromium']);
  return undefined;
}

function answers(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
