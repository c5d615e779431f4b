import { spawnSync } from 'node:child_process';
import type { Table } from './integrator.ts';

/** Command lines of S3 clients that are on this machine: Debian's, and the first on the path. */
export const awsCommands = distinct(['/usr/bin/aws', 'aws'], ['--version']);
export const pythons = distinct(
  ['/usr/bin/python3', 'python3'],
  ['-c', 'import boto3; print(boto3.__version__)'],
);

/** The variables with which every S3 client finds a table's credentials, and none of this machine's. */
export function credentialsOf(table: Table): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: table.aws_access_key,
    AWS_SECRET_ACCESS_KEY: table.aws_secret_key,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Those that answer, without a second name for the same version. */
function distinct(commands: readonly string[], args: readonly string[]): readonly string[] {
  const byVersion = new Map<string, string>();
  for (const command of commands) {
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0 && !byVersion.has(stdout)) byVersion.set(stdout, command);
  }
  return [...byVersion.values()];
}
