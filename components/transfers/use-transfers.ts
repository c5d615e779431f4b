import { useSyncExternalStore } from 'react';
import type { QueuedFile } from './queued-file.ts';
import { transferQueue } from './transfer-queue.ts';

const none: readonly QueuedFile[] = [];

/** The files that this tab takes care of, in order. */
export function useTransfers(): readonly QueuedFile[] {
  return useSyncExternalStore(transferQueue.subscribe, transferQueue.getFiles, () => none);
}
