import { BlobStoreFullError } from './blob-store.ts';

/** As servers with a quota name it. */
const fullNames = new Set(['QuotaExceeded', 'InsufficientCapacity', 'XMinioStorageFull']);

/** @throws BlobStoreFullError when the bucket has no room, the error itself otherwise */
export function rethrowFull(cause: unknown): never {
  const full = cause instanceof Error && fullNames.has(cause.name);
  throw full ? new BlobStoreFullError(cause) : cause;
}
