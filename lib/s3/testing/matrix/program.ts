import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { MatrixTarget } from './matrix-client.ts';

const run = promisify(execFile);

/** What a program prints about its version, or null when it is not on this machine. */
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

/** Only what a program needs: the target's access key and certificate, and no proxies or keys of the machine. */
export function programEnvironment(target: MatrixTarget): NodeJS.ProcessEnv {
  const { PATH, NODE_ENV } = process.env;
  const { home, accessKeyId, secret, region, certificate } = target;
  return {
    PATH,
    NODE_ENV,
    HOME: home,
    LANG: 'C.UTF-8',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    S3_ACCESS_KEY: accessKeyId,
    S3_SECRET_KEY: secret,
    ...(certificate === null ? {} : trust(certificate)),
  };
}

/** Every family of clients has its own variable. */
function trust(certificate: string): Record<string, string> {
  return {
    AWS_CA_BUNDLE: certificate,
    SSL_CERT_FILE: certificate,
    PERL_LWP_SSL_CA_FILE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
  };
}

/** Runs a program to its end and gives what it printed; rejects, with its complaint, when it fails. */
export async function runProgram(options: {
  readonly command: string;
  readonly args: readonly string[];
  readonly target: MatrixTarget;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<string> {
  const { command, args, target, env = {} } = options;
  const { stdout } = await run(command, [...args], {
    env: { ...programEnvironment(target), ...env },
    cwd: target.home,
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
