import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { getPool } from '#lib/db/pool.ts';
import { startPrivacyRequests } from '../privacy-requests.ts';

/** Carries out privacy requests as a process of its own, to be killed. */
const blobs = await FileBlobStore.open({ directory: process.argv[2] ?? '' });
const silent = () => undefined;
startPrivacyRequests({
  pool: getPool(),
  blobs,
  log: { info: silent, warn: silent },
  interval: 50,
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
