import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getPool } from '#lib/db/pool.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { startWebhookSender } from '../webhook-sender.ts';
import { Worker } from '../worker.ts';

/** A worker as a process of its own, with batches so small that a death falls anywhere between them; files with
 * many more rows than their table go the way of a first load. */
const blobs = await FileBlobStore.open({ directory: process.argv[2] ?? '' });
const settings = {
  ...defaultIngestSettings,
  batchRows: 2_000,
  chunkBytes: 16 * 1024,
  firstLoadBytes: 0,
};
const silent = () => undefined;
const log = { info: silent, warn: silent };
startWebhookSender({ log, interval: 20 });
const worker = new Worker({
  context: { pool: getPool(), blobs, settings },
  log,
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
await worker.run();
