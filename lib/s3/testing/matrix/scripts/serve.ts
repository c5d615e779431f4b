import { createInterface } from 'node:readline';
import { z } from 'zod';

const request = z.object({ op: z.string(), key: z.string(), file: z.string().default('') });

export interface Operations {
  put(key: string, file: string): Promise<unknown>;
  get(key: string, file: string): Promise<unknown>;
  list(prefix: string): Promise<readonly string[]>;
  size(key: string): Promise<number>;
  remove(key: string): Promise<unknown>;
}

/** What the script was started with. */
export function target() {
  const [endpoint = '', host = '', bucket = '', region = '', accessKeyId = '', secret = ''] =
    process.argv.slice(2);
  return { endpoint, host, bucket, region, accessKeyId, secret };
}

/** Answers requests from standard input with a JavaScript client, one line each. */
export async function serve(operations: Operations): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { op, key, file } = request.parse(JSON.parse(line));
    const answer = await perform(operations, { op, key, file }).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: String(error) }),
    );
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

async function perform(
  operations: Operations,
  { op, key, file }: z.infer<typeof request>,
): Promise<unknown> {
  switch (op) {
    case 'put':
      await operations.put(key, file);
      return null;
    case 'get':
      await operations.get(key, file);
      return null;
    case 'list':
      return operations.list(key);
    case 'size':
      return operations.size(key);
    default:
      await operations.remove(key);
      return null;
  }
}
