import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getDb } from '#lib/db/client.ts';
import { systemActor } from '#lib/services/actor.ts';
import { cancelUpload } from '#lib/services/uploads/cancel-upload.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { startBenchServer, type BenchServer } from './bench-server.ts';
import { createBenchTable } from './bench-table.ts';
import {
  BenchWorker,
  queueUpload,
  storeFile,
  uploadEnded,
  type StoredFile,
} from './bench-worker.ts';
import { writeCustomers, type CustomersOptions } from './data.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions } from './options.ts';
import { printTable } from './table.ts';

const rounds = 10;
/** Into how much of an undisturbed first load a cancel may fall; the other loads take longer. */
const latest = 0.7;

/**
 * Cancels loads at random moments, and measures how long the worker goes on: until it begins with the file behind. The first
 * half go into an empty table, the others change rows of one that is filled.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, directory, seed } = readOptions(args, 3_000_000, { seed: 1 });
  const server = await startBenchServer(directory);
  process.env['MASTER_KEY'] = 'k'.repeat(43);
  const worker = await BenchWorker.start(server.directory);
  try {
    const large = await makeFile(server, { from: 0, count: rows, version: 1 });
    const changed = await makeFile(server, { from: 0, count: rows, version: 2 });
    const small = await makeFile(server, { from: 0, count: 10, version: 1 });
    const random = seededRandom(seed);
    const filled = await createBenchTable();
    const begun = performance.now();
    await uploadEnded(await queueUpload(filled.tableId, large));
    const undisturbed = (performance.now() - begun) / 1000;
    const lines: (string | number)[][] = [];
    for (let round = 0; round < rounds; round++) {
      const isFirst = round < rounds / 2;
      const { tableId } = isFirst ? await createBenchTable() : filled;
      const pause = random() * latest * undisturbed;
      const files = { file: isFirst ? large : changed, next: small };
      const seconds = await cancelOnce(tableId, { ...files, pause });
      lines.push([isFirst ? 'empty table' : 'filled table', pause, seconds]);
    }
    printTable(['load into', 'cancelled after s', 'stopped within s'], lines);
    printMustHold([
      {
        promise: 'a cancelled load stops within, s',
        measured: Math.max(...lines.map(([, , seconds]) => Number(seconds))),
        kind: 'at most',
        bound: 1,
      },
    ]);
  } finally {
    await worker.kill('SIGTERM');
    await server.stop();
  }
}

async function makeFile(
  { directory }: BenchServer,
  customers: CustomersOptions,
): Promise<StoredFile> {
  const file = join(directory, 'customers.csv');
  await writeCustomers(file, customers);
  const stored = await storeFile(directory, file);
  await rm(file);
  return stored;
}

interface CancelOptions {
  readonly file: StoredFile;
  readonly next: StoredFile;
  readonly pause: number;
}

async function cancelOnce(tableId: number, { file, next, pause }: CancelOptions): Promise<number> {
  const { service } = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    include: { service: true },
  });
  const id = await queueUpload(tableId, file);
  const nextId = await queueUpload(tableId, next);
  await started(id);
  await delay(pause * 1000);
  const begun = performance.now();
  await cancelUpload(systemActor(service.accountId), id);
  await started(nextId);
  const seconds = (performance.now() - begun) / 1000;
  await uploadEnded(nextId);
  return seconds;
}

async function started(id: number): Promise<void> {
  for (;;) {
    const { startedAt } = await getDb().upload.findUniqueOrThrow({
      where: { id },
      select: { startedAt: true },
    });
    if (startedAt !== null) return;
    await delay(5);
  }
}
