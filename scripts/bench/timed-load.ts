import { getDb } from '#lib/db/client.ts';
import { countKeptRejects } from '#lib/ingest/read-rejects.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import type { BenchTable } from './bench-table.ts';
import { queueUpload, uploadEnded, type BenchWorker, type StoredFile } from './bench-worker.ts';
import type { CustomersOptions } from './data.ts';
import type { LoaderUse } from './measurements.ts';
import { describeTimeLeft, watchTimeLeft } from './time-left.ts';

export interface TimedLoad extends LoaderUse {
  readonly uploadId: number;
  /** What people were told of the time left, against what it was. */
  readonly timeLeft: string;
}

/** Queues a stored file and waits until a worker has loaded it. */
export async function timedLoad(
  worker: BenchWorker,
  { tableId }: BenchTable,
  stored: StoredFile,
): Promise<TimedLoad> {
  const before = (await worker.processorSeconds()) ?? 0;
  const uploadId = await queueUpload(tableId, stored);
  const told = watchTimeLeft(uploadId);
  const started = performance.now();
  await uploadEnded(uploadId);
  const seconds = (performance.now() - started) / 1000;
  const after = await worker.processorSeconds();
  return {
    uploadId,
    timeLeft: describeTimeLeft(await told.stop(), seconds),
    memory: await worker.peakMemory(),
    seconds: after === null ? null : after - before,
  };
}

/** @throws unless all rows were counted, and bad ones grouped and kept as far as they are to be. */
export async function refuseWrongCounts(
  uploadId: number,
  { count, badEvery = 0 }: CustomersOptions,
): Promise<void> {
  const upload = await getDb().upload.findUniqueOrThrow({
    where: { id: uploadId },
    include: { rejectGroups: true },
  });
  const rejected = badEvery === 0 ? 0 : Math.floor(count / badEvery);
  const wanted = {
    read: count,
    accepted: count - rejected,
    rejected,
    groups: rejected === 0 ? [] : [rejected],
    kept: Math.min(rejected, defaultIngestSettings.keptRejects),
  };
  const found = {
    read: Number(upload.rowsRead),
    accepted: Number(upload.rowsAccepted),
    rejected: Number(upload.rowsRejected),
    groups: upload.rejectGroups.map((group) => Number(group.count)),
    kept: await countKeptRejects(uploadId),
  };
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new Error(`Counted were ${JSON.stringify(found)}, and not ${JSON.stringify(wanted)}.`);
}
