import type { BlobStore } from '../blob-store.ts';

/** A blob store that does some things in another way: removes with an error, or reads and then falls silent. */
export function withChanges(
  blobs: BlobStore,
  changes: Partial<Pick<BlobStore, 'open' | 'remove'>>,
): BlobStore {
  return {
    ...(blobs.assembly ? { assembly: blobs.assembly } : {}),
    create: (size) => blobs.create(size),
    open: (name, range) => blobs.open(name, range),
    remove: (names) => blobs.remove(names),
    list: () => blobs.list(),
    sweep: (olderThan, needed) => blobs.sweep(olderThan, needed),
    freeBytes: () => blobs.freeBytes(),
    check: () => blobs.check(),
    ...changes,
  };
}
