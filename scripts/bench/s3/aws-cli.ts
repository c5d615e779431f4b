import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Signer } from './bodies.ts';

/** Uploads a file by AWS CLI with its own settings; gives seconds, or null where it is not installed. */
export async function uploadByCli(signer: Signer, file: string): Promise<number | null> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: signer.accessKeyId,
    AWS_SECRET_ACCESS_KEY: signer.secret,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
  };
  const endpoint = ['--endpoint-url', `http://127.0.0.1:${signer.port}`, '--only-show-errors'];
  const started = performance.now();
  try {
    await promisify(execFile)('aws', [...endpoint, 's3', 'cp', file, `s3:/${signer.target}`], {
      env,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return (performance.now() - started) / 1000;
}
