import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { createPool } from '#lib/db/pool.ts';
import { defaultIngestSettings } from '#lib/ingest/settings.ts';
import { Worker } from '#lib/worker/worker.ts';

/** The product's worker with batches of another size: arguments are the directory of objects and the rows. */
const [, , directory = '', batchRows] = process.argv;
const blobs = await FileBlobStore.open({ directory });
const silent = () => undefined;
const worker = new Worker({
  context: {
    pool: createPool(process.env['DATABASE_URL'] ?? '', { max: 16 }),
    blobs,
    settings: { ...defaultIngestSettings, batchRows: Number(batchRows), firstLoadBytes: 0 },
  },
  log: { info: silent, warn: silent },
});
const stop = () => void worker.stop().then(() => process.exit());
process.once('SIGTERM', stop);
process.once('disconnect', stop);
process.send?.({ kind: 'ready' });
await worker.run();
