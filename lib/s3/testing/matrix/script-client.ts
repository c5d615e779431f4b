import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { MatrixClient, MatrixTarget } from './matrix-client.ts';
import { programEnvironment } from './program.ts';

const reply = z.object({
  ok: z.boolean(),
  value: z.unknown().optional(),
  error: z.string().optional(),
});

/**
 * A client library behind a small script in its own language, which stays up: it reads a request per line
 * (`{"op": "put", "key": ..., "file": ...}`) and answers each with a line (`{"ok": true, "value": ...}`). Its
 * arguments are endpoint, host, bucket, region, access key and secret.
 */
export function openScript(options: {
  readonly command: string;
  readonly args: readonly string[];
  readonly target: MatrixTarget;
  /** Told to the script as MATRIX_MODE. */
  readonly mode?: string;
}): MatrixClient {
  const { command, args, target, mode = '' } = options;
  const { endpoint, host, bucket, region, accessKeyId, secret } = target;
  const child = spawn(command, [...args, endpoint, host, bucket, region, accessKeyId, secret], {
    env: { ...programEnvironment(target), MATRIX_MODE: mode },
    cwd: target.home,
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request: Readonly<Record<string, string>>): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`${command} ended early. ${complaints}`);
    const answer = reply.parse(JSON.parse(line.value));
    if (!answer.ok) throw new Error(`${answer.error ?? 'failed'} ${complaints}`);
    return answer.value;
  };
  return {
    put: (key, file) => ask({ op: 'put', key, file }),
    get: (key, file) => ask({ op: 'get', key, file }),
    list: async (key) => z.array(z.string()).parse(await ask({ op: 'list', key })),
    size: async (key) => z.number().parse(await ask({ op: 'size', key })),
    remove: (key) => ask({ op: 'remove', key }),
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
