import { comparePartition } from '#lib/store/compare-partition.ts';
import { attributeColumns } from '#lib/store/staging-writer.ts';
import { recordCheck } from '#lib/store/upload-ledger.ts';
import type { Checkpoint } from './checkpoint.ts';
import { completePartitions } from './first-load.ts';
import type { Load } from './load.ts';

/** Counts what the file would do to the table, customer by customer, and forgets its rows. */
export async function completeCheck(
  load: Load,
  last: Checkpoint,
  signal: AbortSignal,
): Promise<void> {
  const { pool, claim, plan } = load;
  const columns = attributeColumns(plan.columns);
  const sums = { created: 0, changed: 0, unchanged: 0 };
  const compare = async (partition: number) => {
    const options = { claim, partition, columns, emptyCells: plan.emptyCells, signal };
    const { created, changed, unchanged } = await comparePartition(pool, options);
    sums.created += created;
    sums.changed += changed;
    sums.unchanged += unchanged;
  };
  await completePartitions(load, signal, { carriedOver: null, then: compare });
  // Whoever takes over from here on finds the file read to its end, and nothing to merge.
  const checkpoint: Checkpoint = { ...last, plan: { ...plan, way: 'merge' } };
  await recordCheck(pool, claim, { ...sums, checkpoint });
}
