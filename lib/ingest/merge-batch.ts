import { mergePartition } from '#lib/store/merge-partition.ts';
import { partitionCount, partitions } from '#lib/store/names.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import type { Load } from './load.ts';
import type { StagedBatch } from './stage-batch.ts';

/** Merges every partition of a staged batch that is not merged yet, a few at a time. */
export async function mergeBatch(
  load: Load,
  batch: StagedBatch,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan, progress, settings } = load;
  const columns = attributeColumns(plan.columns);
  const waiting = [...partitions];
  const mergeWaiting = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await mergePartition(pool, {
        claim,
        batch: batch.number,
        partition: next,
        columns,
        emptyCells: plan.emptyCells,
        updatedAt: claim.startedAt,
        signal,
      }).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
      progress.merged(batch.bytes / partitionCount);
    }
  };
  const lanes = Array.from({ length: settings.mergeParallelism }, mergeWaiting);
  // All of them, even when one fails: nothing may still write once this returns.
  const outcomes = await Promise.allSettled(lanes);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}
