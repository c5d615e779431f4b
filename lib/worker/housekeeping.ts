import type { BlobStore } from '#lib/blob/blob-store.ts';
import { thinCounts } from '#lib/services/audiences/counts/thin-counts.ts';
import { expireFiles } from '#lib/services/objects/expire-files.ts';
import { sweepStorage } from '#lib/services/objects/sweep.ts';
import { expirePrivacyRequests } from '#lib/services/privacy/expire-requests.ts';
import { dropRowsOfDeletedTables } from '#lib/services/tables/drop-rows.ts';
import { sweepDeliveries } from '#lib/services/webhooks/sweep-deliveries.ts';
import type { Pool } from '#lib/store/pool.ts';
import { foldRowCounts } from '#lib/store/row-counts.ts';
import { sweepEndedUploads } from '#lib/store/sweep.ts';
import type { WorkerLog } from './worker.ts';

export interface HousekeepingOptions {
  readonly pool: Pool;
  readonly blobs: BlobStore;
  readonly log: WorkerLog;
}

const interval = 5 * 60_000;

/**
 * Tidies up now and every few minutes, until the returned function is called. Every chore is safe beside
 * all other work, and beside itself on another machine.
 */
export function startHousekeeping(options: HousekeepingOptions): () => void {
  let isBusy = false;
  const tick = async () => {
    if (isBusy) return;
    isBusy = true;
    await keepHouse(options);
    isBusy = false;
  };
  void tick();
  const timer = setInterval(() => void tick(), interval);
  return () => clearInterval(timer);
}

async function keepHouse({ pool, blobs, log }: HousekeepingOptions): Promise<void> {
  const chores = {
    sweepEndedUploads: () => sweepEndedUploads(pool),
    foldRowCounts: () => foldRowCounts(pool),
    dropRowsOfDeletedTables,
    thinCounts,
    expireFiles: () => expireFiles(blobs),
    expirePrivacyRequests: () => expirePrivacyRequests(blobs),
    sweepStorage: () => sweepStorage(blobs),
    sweepDeliveries: () => sweepDeliveries(),
  };
  for (const [chore, run] of Object.entries(chores)) {
    try {
      await run();
    } catch (error) {
      log.warn({ chore, error }, 'A chore was left undone.');
    }
  }
}
