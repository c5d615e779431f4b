import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { bucket, owner, region, type TestServer } from './test-server.ts';

const run = promisify(execFile);

/** Only what a program needs to start: no proxies, certificates or keys of the machine. */
function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const { PATH, NODE_ENV } = process.env;
  return {
    PATH,
    NODE_ENV,
    HOME: home,
    AWS_ACCESS_KEY_ID: owner.accessKeyId,
    AWS_SECRET_ACCESS_KEY: owner.secret,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    LANG: 'C.UTF-8',
  };
}

/** Version that a program reports, or null when it is not on this machine. */
export function findProgram(command: string, args: readonly string[]): string | null {
  try {
    const output = execFileSync(command, args, {
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 30_000,
    });
    return output.trim().split('\n')[0] ?? '';
  } catch {
    return null;
  }
}

/** Runs a program to its end and gives what it printed; rejects when it fails. */
export async function runProgram(options: {
  readonly command: string;
  readonly args: readonly string[];
  readonly home: string;
}): Promise<string> {
  const { command, args, home } = options;
  const { stdout } = await run(command, [...args], {
    env: cleanEnvironment(home),
    cwd: home,
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** `s3://` address of a file of the owner's. */
export function addressOf(name: string): string {
  return `s3://${bucket}/${owner.prefix}${name}`;
}

/** A boto3 script gets the endpoint, the bucket, the prefix and a working folder as its arguments. */
export function botoScript(
  server: TestServer,
  home: string,
  statements: string,
): readonly string[] {
  const preamble = `
import sys, io, os, boto3
from botocore.config import Config
endpoint, bucket, prefix, home = sys.argv[1:5]
s3 = boto3.client('s3', endpoint_url=endpoint, config=Config(s3={'addressing_style': 'path'}))
`;
  return ['-c', preamble + statements, server.endpoint, bucket, owner.prefix, home];
}
