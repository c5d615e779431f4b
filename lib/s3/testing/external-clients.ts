import { runProgram } from './matrix/program.ts';
import { bucket, owner, region, type TestServer } from './test-server.ts';

/** Runs a program with the owner's access key in a folder, and gives what it printed; rejects when it fails. */
export function runAsOwner(options: {
  readonly command: string;
  readonly args: readonly string[];
  readonly home: string;
}): Promise<string> {
  const { command, args, home } = options;
  const { accessKeyId, secret } = owner;
  const target = {
    endpoint: '',
    host: '',
    certificate: null,
    bucket,
    region,
    accessKeyId,
    secret,
    home,
  };
  return runProgram({ command, args, target });
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
