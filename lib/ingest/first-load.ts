import { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { RowScanner } from '#lib/core/csv/row-scanner.ts';
import { readFirstLoadKeys } from '#lib/store/first-load-keys.ts';
import { completePartition, prepareFirstLoad } from '#lib/store/first-load.ts';
import { mergePartition } from '#lib/store/merge-partition.ts';
import { firstLoadName, partitionCount, partitions } from '#lib/store/names.ts';
import { publishFirstLoad } from '#lib/store/publish-first-load.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import { dropStagingOf } from '#lib/store/sweep.ts';
import { recordBatch } from '#lib/store/upload-ledger.ts';
import type { Checkpoint } from './checkpoint.ts';
import { inLanes } from './in-lanes.ts';
import type { Load } from './load.ts';

/** Of filter for each byte of file: 64 bits for a row of a hundred bytes. */
const filterShare = 1 / 12;

/**
 * Prepares a first load, or a check, and gives the customers that earlier attempts have stored, whether or not they came to
 * record it.
 */
export async function readKnownKeys(load: Load, signal: AbortSignal): Promise<KeyFilter> {
  const { pool, claim, plan, file, settings } = load;
  await prepareFirstLoad(pool, claim, attributeColumns(plan.columns));
  const wanted = file.isCompressed ? Infinity : file.sizeBytes * filterShare;
  const keys = new KeyFilter(Math.min(settings.keyFilterBytes, wanted));
  const scanner = new RowScanner({
    columns: [{ kind: 'customer-id', name: 'customerId' }],
    delimiter: ',',
    lineEnd: '\n',
    position: { byteOffset: 0, line: 1 },
    keys,
  });
  for await (const chunk of readFirstLoadKeys(pool, claim.uploadId)) {
    signal.throwIfAborted();
    scanner.scan(chunk);
  }
  return keys;
}

/** Builds the keys of what was loaded and makes it the table. */
export async function completeFirstLoad(
  load: Load,
  last: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan } = load;
  const { emptyCells } = plan;
  const columns = attributeColumns(plan.columns);
  let rows = 0;
  await completePartitions(load, signal, (_partition, found) => {
    rows += found;
  });
  const checkpoint: Checkpoint = { ...last, plan: { ...plan, way: 'merge' } };
  const isPublished = await publishFirstLoad(pool, {
    claim,
    columns,
    emptyCells,
    rows,
    checkpoint,
  });
  if (!isPublished) await mergeFirstLoad(load, checkpoint, signal);
}

/**
 * Builds the key of every partition and merges its repeats, a few partitions at a time.
 *
 * @param then what else is done with each, told its rows.
 */
export async function completePartitions(
  { pool, claim, plan, file, progress, settings }: Load,
  signal: AbortSignal,
  then: (partition: number, rows: number) => Promise<void> | void,
): Promise<void> {
  const columns = attributeColumns(plan.columns);
  await inLanes(settings.mergeParallelism, partitions, async (partition) => {
    const options = { claim, partition, columns, emptyCells: plan.emptyCells, signal };
    await then(partition, await completePartition(pool, options));
    progress.merged(file.sizeBytes / partitionCount);
  });
}

/** Many rows were written to the table meanwhile: what was loaded is merged into it like any batch. */
async function mergeFirstLoad(
  load: Load,
  checkpoint: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan, settings } = load;
  await inLanes(settings.mergeParallelism, partitions, (partition) =>
    mergePartition(pool, {
      claim,
      batch: checkpoint.batch,
      partition,
      columns: attributeColumns(plan.columns),
      emptyCells: plan.emptyCells,
      updatedAt: claim.startedAt,
      from: firstLoadName(claim.uploadId),
      repeatedIds: [],
      signal,
    }),
  );
  await recordBatch(pool, claim, {
    rowsAccepted: 0,
    rowsRejected: 0,
    isMerged: true,
    bytesRead: checkpoint.bytesRead,
    rejectCounts: [],
    rejectSegments: [],
    warnings: null,
    checkpoint,
  });
  await dropStagingOf(pool, claim.uploadId);
}
