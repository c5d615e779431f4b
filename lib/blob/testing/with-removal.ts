import type { BlobStore } from '../blob-store.ts';

/** A blob store that removes in another way: never, or with an error. */
export function withRemoval(blobs: BlobStore, remove: BlobStore['remove']): BlobStore {
  return {
    ...(blobs.assembly ? { assembly: blobs.assembly } : {}),
    create: (size) => blobs.create(size),
    open: (name, range) => blobs.open(name, range),
    remove,
    list: () => blobs.list(),
    sweep: (olderThan, needed) => blobs.sweep(olderThan, needed),
    freeBytes: () => blobs.freeBytes(),
    check: () => blobs.check(),
  };
}
