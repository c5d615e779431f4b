import { mergePartition } from '#lib/store/merge-partition.ts';
import { partitionCount, partitions } from '#lib/store/names.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import { inLanes } from './in-lanes.ts';
import type { Load } from './load.ts';
import type { StagedBatch } from './stage-batch.ts';

/**
 * Of fewer rows partitions are merged one after the other. A pass over a small one is over before a slice of a
 * partition beside it is, and as long as that is under way, what the pass left dead makes no room for the next.
 */
const fewRows = 400_000;

/** Merges every partition of a staged batch that is not merged yet, a few at a time. */
export async function mergeBatch(
  load: Load,
  batch: StagedBatch,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan, progress, settings } = load;
  const lanes = batch.rowsAccepted < fewRows ? 1 : settings.mergeParallelism;
  await inLanes(lanes, partitions, async (partition) => {
    await mergePartition(pool, {
      claim,
      batch: batch.number,
      partition,
      columns: attributeColumns(plan.columns),
      emptyCells: plan.emptyCells,
      updatedAt: claim.startedAt,
      ...(batch.repeatedIds ? { repeatedIds: batch.repeatedIds } : {}),
      signal,
    });
    progress.merged(batch.bytes / partitionCount);
  });
}
