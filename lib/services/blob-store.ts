import { join } from 'node:path';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { BucketBlobStore } from '#lib/blob/bucket-blob-store.ts';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { roleConfig, type RoleConfig } from '#lib/config/role-config.ts';

const shared = globalThis as { opendcpBlobs?: Promise<BlobStore> };

/** The process's store of uploaded files and of rejected rows, opened on first use. */
export function getBlobStore(): Promise<BlobStore> {
  shared.opendcpBlobs ??= openBlobStore(roleConfig());
  return shared.opendcpBlobs;
}

function openBlobStore(config: RoleConfig): Promise<BlobStore> {
  const { dataDir, diskReserveBytes, importStore, s3IdleSeconds } = config;
  if (importStore) {
    return BucketBlobStore.open({ ...importStore, idleTimeout: (s3IdleSeconds + 30) * 1000 });
  }
  const directory = join(dataDir, 'objects');
  return FileBlobStore.open({ directory, reserveBytes: diskReserveBytes });
}
