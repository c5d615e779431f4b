import { stat } from 'node:fs/promises';
import { getPool } from '#lib/db/pool.ts';
import type { BenchServer } from './bench-server.ts';
import { processorSeconds, watchMemory } from './memory.ts';
import { printTable, type Cell } from './table.ts';

export interface Measured {
  readonly seconds: number;
  readonly rows: number;
  readonly bytes: number;
  /** Of the loader, as far as it is not this process. */
  readonly loader: LoaderUse;
  readonly serverSeconds: number | null;
  readonly serverMemory: number | null;
}

export interface LoaderUse {
  /** MiB, at its peak. */
  readonly memory: number | null;
  /** Of processor time. */
  readonly seconds: number | null;
}

/** What each step of a run took. */
export class Measurements {
  readonly #server: BenchServer;
  readonly #results = new Map<string, Measured>();

  constructor(server: BenchServer) {
    this.#server = server;
  }

  get(name: string): Measured | null {
    return this.#results.get(name) ?? null;
  }

  all(): readonly Measured[] {
    return [...this.#results.values()];
  }

  /** @returns what the work gave. */
  async measure<Done extends LoaderUse | undefined>(
    name: string,
    { file, rows }: { readonly file: string; readonly rows: number },
    work: () => Promise<Done>,
  ): Promise<Done> {
    const { size: bytes } = await stat(file);
    // What the step before left unwritten must not count.
    await getPool().query('CHECKPOINT');
    const { pid } = this.#server.database();
    const watch = watchMemory(pid);
    const before = (await processorSeconds(pid)) ?? 0;
    const started = performance.now();
    const loader = await work();
    const seconds = (performance.now() - started) / 1000;
    const after = await processorSeconds(pid);
    this.#results.set(name, {
      seconds,
      rows,
      bytes,
      loader: loader ?? { memory: null, seconds: null },
      serverSeconds: after === null ? null : after - before,
      serverMemory: await watch.stop(),
    });
    console.log(`${name}: ${seconds.toFixed(1)} s for ${rows.toLocaleString('en')} rows`);
    return loader;
  }

  /** @param limit the step that all others are compared with, by time per row. */
  print(limit: string): void {
    const least = this.get(limit);
    const lines = [...this.#results].map(([name, measured]): Cell[] => {
      const perRow = measured.seconds / measured.rows;
      return [
        name,
        measured.rows,
        measured.seconds,
        measured.rows / measured.seconds,
        measured.bytes / measured.seconds / 1e6,
        least ? perRow / (least.seconds / least.rows) : null,
        measured.loader.seconds,
        measured.serverSeconds,
        measured.loader.memory,
        measured.serverMemory,
      ];
    });
    console.log();
    const speeds = ['rows', 'seconds', 'rows/s', 'MB/s', 'time per row / limit'];
    const uses = ['worker CPU s', 'PostgreSQL CPU s', 'worker MiB', 'PostgreSQL MiB'];
    printTable(['', ...speeds, ...uses], lines);
  }
}
