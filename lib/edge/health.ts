import type { BlobStore } from '../blob/blob-store.ts';
import { errors } from '../core/errors.ts';
import { requireReady } from '../services/health.ts';

/**
 * Passes when this process can do its job: the database answers and files can be stored.
 *
 * @throws `unavailable` (503)
 */
export async function checkEdgeHealth(blobs: BlobStore): Promise<void> {
  await requireReady();
  try {
    await blobs.check();
  } catch (error) {
    throw errors.unavailable(
      'Uploaded files cannot be stored. Check DATA_DIR and the disk, or the bucket.',
      error,
    );
  }
}
