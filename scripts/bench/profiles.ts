import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getPool } from '#lib/db/pool.ts';
import { BenchEdge, type ProfileAddress } from './bench-edge.ts';
import { startBenchServer } from './bench-server.ts';
import { createBenchTable, type BenchTable } from './bench-table.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { benchAttributes, writeCustomers } from './data.ts';
import { peakMemory } from './memory.ts';
import { printMustHold, type Promised } from './must-hold.ts';
import { readOptions } from './options.ts';
import type { Answered, Task } from './profiles/traffic.ts';
import { printTable, type Cell } from './table.ts';

const kinds = ['lookups', 'writes'] as const;
const connectionCounts = [1, 16, 64];
/** Of the limit's requests a second. */
const bounds = { lookups: 0.75, writes: 0.6 } as const;

/**
 * The profile API of an edge of its own against a bare `node:http` + pg server that does the same query, over a table that our own
 * first load filled. In turns, so that both meet the same machine. `--rows 1000000 --rounds 1` for a short run.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, 10_000_000, { rounds: 3, seconds: 5, seed: 1 });
  const server = await startBenchServer(options.directory);
  try {
    const table = await createBenchTable();
    await load(server.directory, table, options.rows);
    const servers = await startServers(server.directory, table);
    try {
      await compare(servers, { customers: options.rows, ...options });
      const memory = await peakMemory(servers.edge.child.pid ?? 0);
      console.log(`\nEdge memory, at its highest: ${memory?.toFixed(0) ?? '?'} MiB.`);
    } finally {
      await endServers(servers);
    }
  } finally {
    await server.stop();
  }
}

interface Servers {
  readonly edge: BenchEdge;
  readonly plain: ChildProcess;
  readonly traffic: ChildProcess;
  readonly ours: ProfileAddress;
  readonly limit: ProfileAddress;
}

/** By the product's own first load. */
export async function load(
  directory: string,
  { tableId }: BenchTable,
  rows: number,
): Promise<void> {
  const file = join(directory, 'customers.csv');
  await writeCustomers(file, { from: 0, count: rows, version: 1 });
  const stored = await storeFile(directory, file);
  const worker = await BenchWorker.start(directory);
  const started = performance.now();
  await uploadEnded(await queueUpload(tableId, stored));
  const seconds = (performance.now() - started) / 1000;
  console.log(`First load: ${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s.`);
  await worker.kill('SIGTERM');
  await Promise.all([rm(file), stored.remove()]);
  await getPool().query('VACUUM (ANALYZE)');
  await getPool().query('CHECKPOINT');
}

export async function startServers(
  directory: string,
  { tableId, columns }: BenchTable,
): Promise<Servers> {
  const edge = await BenchEdge.start(directory);
  const ours = await edge.addressOf(tableId);
  const written = ['orders', 'revenue'].map((name) => columnOf(columns, name));
  const plain = fork(pathOf('./profiles/plain-server.ts'), [
    String(tableId),
    columns.map(({ attributeId }) => attributeId).join(','),
    written.join(','),
  ]);
  const [{ port: plainPort }] = (await once(plain, 'message')) as [{ port: number }];
  const traffic = fork(pathOf('./profiles/traffic.ts'));
  return { edge, plain, traffic, ours, limit: { ...ours, port: plainPort } };
}

export async function endServers({ traffic, plain, edge }: Servers): Promise<void> {
  const children = [traffic, plain];
  const ends = children.map((child) => once(child, 'exit'));
  for (const child of children) child.kill('SIGTERM');
  await Promise.all([...ends, edge.stop()]);
}

interface Comparison {
  readonly rounds: number;
  readonly seconds: number;
  readonly customers: number;
  readonly seed: number;
  /** As in the table's first column; all when empty. */
  readonly only: readonly string[];
}

async function compare(servers: Servers, options: Comparison): Promise<void> {
  const { rounds, seconds, customers, seed, only } = options;
  const lines: Cell[][] = [];
  const promises: Promised[] = [];
  let turn = 0;
  for (const kind of kinds) {
    for (const connections of connectionCounts) {
      const name = `${kind} ${connections}`;
      if (only.length > 0 && !only.includes(name)) continue;
      const ours: Answered[] = [];
      const limit: Answered[] = [];
      // A row that already is as asked is not written: each turn sends other values than the one before.
      const ask = (server: Servers['ours']) => {
        turn += 1;
        const task = { kind, connections, seconds, customers, seed: seed + turn };
        return answered(servers.traffic, { ...server, ...task });
      };
      for (let round = 0; round < rounds; round += 1) {
        limit.push(await ask(servers.limit));
        ours.push(await ask(servers.ours));
      }
      const [mine, theirs] = [median(ours), median(limit)];
      const ratio = mine.perSecond / theirs.perSecond;
      lines.push([
        name,
        mine.perSecond,
        theirs.perSecond,
        ratio,
        mine.median,
        mine.p99,
        theirs.median,
        theirs.p99,
      ]);
      const promise = `${kind} at ${connections} connections / the limit`;
      promises.push({ promise, measured: ratio, kind: 'at least', bound: bounds[kind] });
    }
  }
  const speeds = ['ours/s', 'limit/s', 'ratio'];
  const latencies = ['p50 ms', 'p99 ms', 'limit p50 ms', 'limit p99 ms'];
  console.log();
  printTable(['', ...speeds, ...latencies], lines);
  printMustHold(promises);
}

export async function answered(traffic: ChildProcess, task: Task): Promise<Answered> {
  traffic.send(task);
  const [answer] = (await once(traffic, 'message')) as [Answered];
  return answer;
}

/** The run of the median speed. */
function median(runs: readonly Answered[]): Answered {
  const sorted = runs.toSorted((left, right) => left.perSecond - right.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('Nothing was measured.');
  return middle;
}

function columnOf(columns: BenchTable['columns'], name: string): number {
  const index = benchAttributes.findIndex((attribute) => attribute.name === name);
  return columns[index]?.attributeId ?? 0;
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
