import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { MatrixEntry } from './matrix-client.ts';
import { findProgram } from './program.ts';
import { openScript } from './script-client.ts';

const pathOf = (script: string) => fileURLToPath(new URL(`scripts/${script}`, import.meta.url));
const packageJson = z.object({ version: z.string() });

function versionOf(packageName: string): string {
  const path = `../../../../node_modules/${packageName}/package.json`;
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');
  return packageJson.parse(JSON.parse(text)).version;
}

/** A library of this project's own development dependencies, in a process that trusts the certificate. */
function nodeLibrary(options: {
  readonly name: string;
  readonly script: string;
  readonly mode?: string;
}): MatrixEntry {
  const { name, script, mode = '' } = options;
  return {
    name,
    version: versionOf(name.replace(/ .*/, '')),
    open: (target) => {
      const command = process.execPath;
      return Promise.resolve(openScript({ command, args: [pathOf(script)], target, mode }));
    },
  };
}

function pythonLibrary(command: string): MatrixEntry {
  return {
    name: `boto3 of ${command}`,
    version: findProgram(command, ['-c', 'import boto3; print(boto3.__version__)']),
    open: (target) => Promise.resolve(openScript({ command, args: [pathOf('boto.py')], target })),
  };
}

const ruby: MatrixEntry = {
  name: 'aws-sdk-s3 of Ruby',
  version: findProgram('ruby', ['-e', 'require "aws-sdk-s3"; puts Aws::S3::GEM_VERSION']),
  open: (target) =>
    Promise.resolve(openScript({ command: 'ruby', args: [pathOf('aws-sdk.rb')], target })),
};

const perl: MatrixEntry = {
  name: 'Net::Amazon::S3 of Perl',
  version: findProgram('perl', ['-MNet::Amazon::S3', '-e', 'print Net::Amazon::S3->VERSION']),
  mangles: true,
  open: (target) =>
    Promise.resolve(openScript({ command: 'perl', args: [pathOf('net-amazon-s3.pl')], target })),
};

/** Where Debian's packages of Go libraries put their sources. */
const goEnvironment = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' };
const minioGoSources = `${goEnvironment.GOPATH}/src/github.com/minio/minio-go/v7/api.go`;
let goBinary: Promise<string> | undefined;

async function buildMinioGo(): Promise<string> {
  // Kept between runs: the library takes its time to compile.
  const directory = join(tmpdir(), 'opendcp-minio-go');
  const binary = join(directory, 'minio-go');
  const env = {
    ...process.env,
    ...goEnvironment,
    GOCACHE: join(directory, 'cache'),
    CGO_ENABLED: '0',
  };
  const args = ['build', '-o', binary, pathOf('minio-go.go')];
  await promisify(execFile)('go', args, { env });
  return binary;
}

function minioGo(mode: string): MatrixEntry {
  const go = findProgram('go', ['version']);
  const library = findProgram('grep', ['libraryVersion *=', minioGoSources]);
  return {
    name: mode === '' ? 'minio-go' : `minio-go with ${mode}`,
    version: go && library,
    open: async (target) => {
      goBinary ??= buildMinioGo();
      return openScript({ command: await goBinary, args: [], target, mode });
    },
  };
}

export const libraries: readonly MatrixEntry[] = [
  nodeLibrary({ name: '@aws-sdk/client-s3', script: 'client-s3.ts' }),
  nodeLibrary({ name: '@aws-sdk/lib-storage', script: 'client-s3.ts', mode: 'lib-storage' }),
  nodeLibrary({ name: 'minio', script: 'minio.ts' }),
  nodeLibrary({ name: 'aws4fetch', script: 'aws4fetch.ts' }),
  nodeLibrary({ name: 's3mini', script: 's3mini.ts' }),
  nodeLibrary({ name: '@bradenmacdonald/s3-lite-client', script: 's3-lite-client.ts' }),
  ...['/usr/bin/python3', 'python3'].map(pythonLibrary),
  ruby,
  perl,
  minioGo(''),
  minioGo('trailers'),
];
