import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBenchServer } from './bench-server.ts';
import { writeCustomers } from './data.ts';
import { peakMemory } from './memory.ts';
import { printMustHold } from './must-hold.ts';
import { uploadByCli } from './s3/aws-cli.ts';
import { startBenchEndpoint, type BenchEndpoint } from './s3/bench-endpoint.ts';
import { uploadBigFile } from './s3/big-upload.ts';
import { modes, plainPut, signedPut, type Mode } from './s3/bodies.ts';
import { timedPut } from './s3/timed-put.ts';
import { printTable, type Cell } from './table.ts';

const uploadsAtOnce = 8;
const modeNames = Object.keys(modes) as Mode[];

/**
 * PUT of 1 GiB in each payload mode against a plain server that hashes and writes the same, taken in turns; 8 uploads at once;
 * and AWS CLI in parts. `--mebibytes 256` for a smaller file, `--rounds 1` for a short run. `--only big --gigabytes 10` sends
 * one file by AWS CLI instead, and waits until a worker has loaded it.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mebibytes: { type: 'string', default: '1024' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      gigabytes: { type: 'string', default: '10' },
      directory: { type: 'string' },
    },
  });
  const server = await startBenchServer(values.directory ?? null);
  try {
    const endpoint = await startBenchEndpoint(server.directory);
    try {
      if (values.only === 'big') {
        await uploadBigFile({ server, endpoint, gigabytes: Number(values.gigabytes) });
        return;
      }
      const bench = await S3Bench.start(server.directory, endpoint, Number(values.mebibytes));
      try {
        await bench.run(Number(values.rounds));
      } finally {
        bench.stop();
      }
    } finally {
      endpoint.edge.kill('SIGKILL');
    }
  } finally {
    await server.stop();
  }
}

interface Parts extends BenchEndpoint {
  readonly directory: string;
  readonly mebibytes: number;
  readonly plain: ChildProcess;
  readonly plainPort: number;
}

class S3Bench {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static async start(
    directory: string,
    endpoint: BenchEndpoint,
    mebibytes: number,
  ): Promise<S3Bench> {
    const plainServer = fileURLToPath(new URL('./s3/plain-server.ts', import.meta.url));
    const plain = fork(plainServer, [join(directory, 'plain')]);
    const [{ port: plainPort }] = (await once(plain, 'message')) as [{ port: number }];
    return new S3Bench({ ...endpoint, directory, mebibytes, plain, plainPort });
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
        promise: `edge memory with ${uploadsAtOnce} uploads at once, MB`,
        measured: eight === null ? null : (eight * 1024 ** 2) / 1e6,
        kind: 'at most',
        bound: 200,
      },
    ]);
  }

  stop(): void {
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
    return uploadByCli(signer, file);
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
