import { KeyFilter } from '#lib/core/csv/key-filter.ts';
import { RowScanner } from '#lib/core/csv/row-scanner.ts';
import { startChangeLog } from '#lib/store/change-log.ts';
import { readFirstLoadKeys } from '#lib/store/first-load-keys.ts';
import { completePartition, prepareFirstLoad, settlePartition } from '#lib/store/first-load.ts';
import { firstLoadName, partitionCount, partitions, tableName } from '#lib/store/names.ts';
import { publishFirstLoad } from '#lib/store/publish-first-load.ts';
import { shareColumns } from '#lib/store/share-columns.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import { withClaim } from '#lib/store/upload-claim.ts';
import type { Checkpoint } from './checkpoint.ts';
import { inLanes } from './in-lanes.ts';
import type { Load } from './load.ts';

/** Of filter for each byte of file: 32 bits for a row of a hundred bytes, or half of that, as its size is a power of two. */
const filterShare = 1 / 24;

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

/** Builds the keys of what was loaded, carries the table's rows over to it and makes it the table. */
export async function completeFirstLoad(
  load: Load,
  last: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan, settings } = load;
  const { emptyCells } = plan;
  await startChangeLog(pool, claim, { signal });
  const tables = { from: tableName(claim.tableId), into: firstLoadName(claim.uploadId) };
  const carriedOver = await withClaim(pool, claim, (connection) =>
    shareColumns(connection, tables),
  );
  await completePartitions(load, signal, { carriedOver });
  await inLanes(settings.mergeParallelism, partitions, (partition) =>
    settlePartition(pool, { claim, partition, signal }),
  );
  const columns = attributeColumns(plan.columns);
  const checkpoint: Checkpoint = { ...last, plan: { ...plan, way: 'merge' } };
  await publishFirstLoad(pool, { claim, columns, emptyCells, checkpoint, signal });
}

export interface CompletePartitionsOptions {
  /** Names of the columns in which rows of the table are carried over; `null` when they are not. */
  readonly carriedOver: readonly string[] | null;
  /** What else is done with each. */
  readonly then?: (partition: number) => Promise<void>;
}

/** Builds the key of every partition and merges its repeats, a few partitions at a time. */
export async function completePartitions(
  { pool, claim, plan, file, progress, settings }: Load,
  signal: AbortSignal,
  { carriedOver, then }: CompletePartitionsOptions,
): Promise<void> {
  const columns = attributeColumns(plan.columns);
  const { emptyCells } = plan;
  await inLanes(settings.mergeParallelism, partitions, async (partition) => {
    const options = { claim, partition, columns, emptyCells, carriedOver, signal };
    await completePartition(pool, options);
    await then?.(partition);
    progress.merged(file.sizeBytes / partitionCount);
  });
}
