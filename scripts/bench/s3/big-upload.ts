import { rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { tableName } from '#lib/store/names.ts';
import type { BenchServer } from '../bench-server.ts';
import { BenchWorker, uploadEnded } from '../bench-worker.ts';
import { writeCustomersUpTo } from '../data.ts';
import { peakMemory, watchMemory } from '../memory.ts';
import { printMustHold, type Promised } from '../must-hold.ts';
import { printTable, type Cell } from '../table.ts';
import { uploadByCli } from './aws-cli.ts';
import type { BenchEndpoint } from './bench-endpoint.ts';

const gibibyte = 1024 ** 3;
const diskInterval = 500;

/**
 * A file of just under so many GiB, 10 of which are the most that is accepted, from AWS CLI to Completed. Prints what it
 * took, and throws when a row is missing.
 */
export async function uploadBigFile(options: {
  readonly server: BenchServer;
  readonly endpoint: BenchEndpoint;
  readonly gigabytes: number;
}): Promise<void> {
  const { server, endpoint, gigabytes } = options;
  const { directory } = server;
  const free = await freeBytes(directory);
  const file = join(directory, 'big.csv');
  const rows = await writeCustomersUpTo(file, gigabytes * gibibyte);
  const { size } = await stat(file);
  console.log(`${rows.toLocaleString('en')} rows, ${size.toLocaleString('en')} bytes.`);

  const worker = await BenchWorker.start(directory);
  const postgres = watchMemory(server.database().pid);
  const disk = watchDisk(directory);
  try {
    const sent = await uploadByCli(endpoint.signer, file);
    if (sent === null) throw new Error('AWS CLI is not installed.');
    // Ten gigabytes that the table will need.
    await rm(file);
    const { id } = await getDb().upload.findFirstOrThrow({ where: { tableId: endpoint.tableId } });
    console.log(`Uploaded in ${sent.toFixed(1)} s.`);
    const upload = await uploadEnded(id);
    const { rowsRead, rowsAccepted, rowsRejected, startedAt, finishedAt } = upload;
    const processed = seconds(startedAt, finishedAt);
    const stored = await countRows(endpoint.tableId);
    const lines: readonly Cell[][] = [
      ['upload, s', sent],
      ['upload, MB/s', size / 1e6 / sent],
      ['processing, s', processed],
      ['processing, rows/s', rows / processed],
      ['memory of the edge at its highest, MiB', await peakMemory(endpoint.edge.pid ?? 0)],
      ['memory of the worker at its highest, MiB', await worker.peakMemory()],
      ['memory of PostgreSQL at its highest, MiB', await postgres.stop()],
      ['disk used at its highest, GB', (free - disk.least()) / 1e9],
    ];
    printTable([`${upload.state}: ${stored.toLocaleString('en')} rows stored`, ''], lines);
    printMustHold([
      atMost(
        'memory of the edge at its highest, MB',
        await peakMemory(endpoint.edge.pid ?? 0),
        200,
      ),
      atMost('memory of the worker at its highest, MB', await worker.peakMemory(), 300),
    ]);
    const counts = [rowsRead, rowsAccepted, stored].map(Number);
    const isExact = counts.every((count) => count === rows) && rowsRejected === 0n;
    if (!isExact || upload.state !== 'completed') {
      throw new Error(
        `${rows} rows were sent; read, accepted and stored are ${counts.join(', ')}, rejected ${rowsRejected}.`,
      );
    }
  } finally {
    disk.stop();
    await postgres.stop();
    await worker.kill('SIGTERM');
  }
}

function atMost(promise: string, mebibytes: number | null, bound: number): Promised {
  const measured = mebibytes === null ? null : (mebibytes * 1024 ** 2) / 1e6;
  return { promise, measured, kind: 'at most', bound };
}

function seconds(from: Date | null, to: Date | null): number {
  return ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 1000;
}

async function countRows(tableId: number): Promise<bigint> {
  const { rows } = await getPool().query<{ count: string }>(
    `SELECT count(*) FROM ${tableName(tableId)}`,
  );
  return BigInt(rows[0]?.count ?? 0);
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

function watchDisk(directory: string) {
  let least = Number.POSITIVE_INFINITY;
  const timer = setInterval(() => {
    void freeBytes(directory).then((free) => {
      least = Math.min(least, free);
    });
  }, diskInterval);
  return { least: () => least, stop: () => clearInterval(timer) };
}
