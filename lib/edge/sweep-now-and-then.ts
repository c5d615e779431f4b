import type { Logger } from 'pino';
import type { BlobStore } from '../blob/blob-store.ts';
import { describeDefect } from '../http/logger.ts';
import { sweepStorage } from '../services/objects/sweep.ts';

const firstAfter = 10 * 60_000;
const every = 6 * 3_600_000;

/** Gives back, a few times a day, the room of files that nobody needs any more. */
export function sweepNowAndThen(blobs: BlobStore, logger: Logger): { stop(): void } {
  const sweep = async () => {
    try {
      const removed = await sweepStorage(blobs);
      if (removed > 0) logger.info({ removed }, 'removed files that nothing refers to');
    } catch (error) {
      logger.error({ error: describeDefect(error) }, 'the sweep of stored files failed');
    }
  };
  const first = setTimeout(() => void sweep(), firstAfter).unref();
  const later = setInterval(() => void sweep(), every).unref();
  return {
    stop() {
      clearTimeout(first);
      clearInterval(later);
    },
  };
}
