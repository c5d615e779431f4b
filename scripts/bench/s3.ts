import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { nodeEnvironment, nodeFlags } from '#lib/runtime/node-flags.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { findFreePort } from '#lib/testing/free-port.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { startBenchServer } from './bench-server.ts';
import { peakMemory } from './memory.ts';
import { printMustHold } from './must-hold.ts';
import { modes, plainPut, signedPut, type Mode, type Signer } from './s3/bodies.ts';
import { timedPut } from './s3/timed-put.ts';
import { writeCustomers } from './data.ts';
import { printTable, type Cell } from './table.ts';

const bucket = 'optimizely-import';
const uploadsAtOnce = 8;
const modeNames = Object.keys(modes) as Mode[];

/**
 * PUT of 1 GiB in each payload mode against a plain server that hashes and writes the same, taken in turns; 8 uploads at once;
 * and AWS CLI in parts. `--mebibytes 256` for a smaller file, `--rounds 1` for a short run.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mebibytes: { type: 'string', default: '1024' },
      rounds: { type: 'string', default: '3' },
      directory: { type: 'string' },
    },
  });
  const server = await startBenchServer(values.directory ?? null);
  try {
    const bench = await S3Bench.start(server.directory, Number(values.mebibytes));
    try {
      await bench.run(Number(values.rounds));
    } finally {
      bench.stop();
    }
  } finally {
    await server.stop();
  }
}

interface Parts {
  readonly directory: string;
  readonly mebibytes: number;
  readonly plain: ChildProcess;
  readonly plainPort: number;
  readonly edge: ChildProcess;
  readonly signer: Signer;
}

class S3Bench {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start(directory: string, mebibytes: number): Promise<S3Bench> {
    const port = await findFreePort();
    const environment = {
      DATA_DIR: directory,
      MASTER_KEY: 'the master key of the bench',
      HOST: '127.0.0.1',
      S3_PORT: String(port),
      PROFILE_PORT: String(await findFreePort()),
      LOG_LEVEL: 'silent',
    };
    Object.assign(process.env, environment);
    const { editor } = await createTestAccount();
    const { id, key } = await createTestTable(editor);
    const { accessKeyId, secretAccessKey: secret } = await currentAccessKey(id);
    const edge = fork(pathOf('../../lib/edge/main.ts'), {
      env: { ...process.env, ...nodeEnvironment.edge },
      execArgv: [...nodeFlags.edge],
    });
    await once(edge, 'message');
    const plain = fork(pathOf('./s3/plain-server.ts'), [join(directory, 'plain')]);
    const [{ port: plainPort }] = (await once(plain, 'message')) as [{ port: number }];
    const signer = { port, accessKeyId, secret, target: `/${bucket}/${key('bench.csv')}` };
    return new S3Bench({ directory, mebibytes, plain, plainPort, edge, signer });
  }

  async run(rounds: number): Promise<void> {
    const { mebibytes, edge } = this.#parts;
    const idle = await peakMemory(edge.pid ?? 0);
    const ours = new Map<Mode, number[]>(modeNames.map((mode) => [mode, []]));
    const limit = new Map<Mode, number[]>(modeNames.map((mode) => [mode, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const mode of modeNames) {
        limit.get(mode)?.push(await this.#putPlain(mode));
        ours.get(mode)?.push(await this.#put(mode));
      }
    }
    const one = await peakMemory(edge.pid ?? 0);
    const together = await this.#putTogether();
    const eight = await peakMemory(edge.pid ?? 0);
    const cli = await this.#putByCli();

    const speed = (seconds: number) => Math.round(mebibytes / seconds);
    const ratios = new Map<Mode, number>();
    const lines = modeNames.map((mode): Cell[] => {
      const [mine, theirs] = [median(ours.get(mode)), median(limit.get(mode))];
      ratios.set(mode, theirs / mine);
      return [mode, speed(mine), speed(theirs), Number((theirs / mine).toFixed(2))];
    });
    printTable(['payload mode', 'ours MiB/s', 'limit MiB/s', 'ratio'], lines);
    console.log(`\n${uploadsAtOnce} at once: ${Math.round(together)} MiB/s together.`);
    console.log(
      `Edge memory, at its highest: ${format(idle)} MiB started, ${format(one)} MiB one by one, ${format(eight)} MiB with ${uploadsAtOnce} at once.`,
    );
    console.log(
      cli === null ? 'AWS CLI is not installed.' : `AWS CLI in parts: ${speed(cli)} MiB/s.`,
    );
    printMustHold([
      promised('unsigned / the limit', ratios.get('UNSIGNED-PAYLOAD'), 0.7),
      promised('SHA-256-signed / the limit', ratios.get('hex SHA-256'), 0.8),
      {
        promise: `edge memory with ${uploadsAtOnce} uploads at once, MiB`,
        measured: eight,
        kind: 'at most',
        bound: 200,
      },
    ]);
  }

  stop(): void {
    this.#parts.edge.kill('SIGKILL');
    this.#parts.plain.kill('SIGKILL');
  }

  #putPlain(mode: Mode): Promise<number> {
    const { plainPort, mebibytes } = this.#parts;
    return timedPut(plainPort, `/${modes[mode].join(',')}`, plainPut(mebibytes));
  }

  async #put(mode: Mode): Promise<number> {
    const { signer, mebibytes } = this.#parts;
    const seconds = await timedPut(signer.port, signer.target, signedPut(signer, mode, mebibytes));
    await this.#clear();
    return seconds;
  }

  /** MiB a second of several uploads, all modes among them. */
  async #putTogether(): Promise<number> {
    const { signer, mebibytes } = this.#parts;
    const each = Math.ceil(mebibytes / 4);
    const puts = Array.from({ length: uploadsAtOnce }, (_, index) => {
      const target = `${signer.target}.${index}`;
      const mode = modeNames[index % modeNames.length] ?? 'UNSIGNED-PAYLOAD';
      return { target, put: signedPut({ ...signer, target }, mode, each) };
    });
    const started = performance.now();
    await Promise.all(puts.map(({ target, put }) => timedPut(signer.port, target, put)));
    const seconds = (performance.now() - started) / 1000;
    await this.#clear();
    return (uploadsAtOnce * each) / seconds;
  }

  async #putByCli(): Promise<number | null> {
    const { directory, mebibytes, signer } = this.#parts;
    const file = join(directory, 'cli.csv');
    // Some 100 bytes a row.
    const count = Math.round((mebibytes * 1024 * 1024) / 98);
    await writeCustomers(file, { from: 1_000, count, version: 1 });
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
    const arguments_ = [...endpoint, 's3', 'cp', file, `s3:/${signer.target}`];
    try {
      await promisify(execFile)('aws', arguments_, { env });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
    return (performance.now() - started) / 1000;
  }

  /** Nothing reads what was sent; the disk is needed for what comes. */
  async #clear(): Promise<void> {
    const objects = join(this.#parts.directory, 'objects');
    for (const entry of await readdir(objects, { withFileTypes: true })) {
      if (entry.isFile()) await rm(join(objects, entry.name));
    }
  }
}

function promised(promise: string, ratio: number | undefined, bound: number) {
  return { promise, measured: ratio ?? null, kind: 'at least', bound } as const;
}

function median(values: readonly number[] = []): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function format(mebibytes: number | null): string {
  return mebibytes === null ? '?' : mebibytes.toFixed(0);
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
