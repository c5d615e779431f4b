import { roleConfig } from '#lib/config/role-config.ts';
import { createPool } from '#lib/db/pool.ts';
import { describeDefect, getLogger } from '#lib/http/logger.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { getBlobStore } from '#lib/services/blob-store.ts';
import { giveWay } from '#lib/store/give-way.ts';
import { noticeDeath } from '#lib/store/notice-death.ts';
import { startBackgroundCounts } from './background-counts.ts';
import { connectionsOf } from './connections.ts';
import { startBucketWatch } from './bucket-watch.ts';
import { startHousekeeping } from './housekeeping.ts';
import { startPrivacyRequests } from './privacy-requests.ts';
import { startWebhookSender } from './webhook-sender.ts';
import { Worker, type WorkerLog } from './worker.ts';

/** A stopping worker waits this long for statements to be undone; killing it is as safe. */
const stopPatience = 5_000;

try {
  await start();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.exitCode = 1;
  process.send?.({ kind: 'failed', message: `The worker cannot start. ${message}` }, () =>
    process.exit(),
  );
}

async function start(): Promise<void> {
  const { databaseUrl, uploadsAtOnce } = roleConfig();
  const log = toWorkerLog();
  const blobs = await getBlobStore();
  const pool = createPool(databaseUrl, {
    max: connectionsOf(uploadsAtOnce),
    onConnect: async (client) => {
      await noticeDeath(client);
      await giveWay(client);
    },
  });
  const worker = new Worker({
    context: { pool, blobs, settings: defaultIngestSettings },
    log,
    concurrency: uploadsAtOnce,
  });
  const stopHousekeeping = startHousekeeping({ pool, blobs, log });
  const stopWatch = startBucketWatch({ pool, blobs, log });
  const stopCounts = startBackgroundCounts({ pool, log });
  const stopSender = startWebhookSender({ log });
  const stopPrivacyRequests = startPrivacyRequests({ pool, blobs, log });

  const stop = () => {
    setTimeout(() => process.exit(0), stopPatience).unref();
    stopHousekeeping();
    const jobs = [worker.stop(), stopWatch(), stopCounts(), stopSender(), stopPrivacyRequests()];
    void Promise.all(jobs).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The launcher is gone.
  process.once('disconnect', stop);

  process.send?.({ kind: 'ready' });
  await worker.run();
}

function toWorkerLog(): WorkerLog {
  const logger = getLogger();
  const describe = ({ error, ...facts }: Record<string, unknown>) =>
    error === undefined ? facts : { ...facts, error: describeDefect(error) };
  return {
    info: (facts, message) => logger.info(describe(facts), message),
    warn: (facts, message) => logger.warn(describe(facts), message),
  };
}
