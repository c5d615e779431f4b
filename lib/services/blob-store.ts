import { join } from 'node:path';
import type { BlobStore } from '#lib/blob/blob-store.ts';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { roleConfig } from '#lib/config/role-config.ts';

const shared = globalThis as { opendcpBlobs?: Promise<BlobStore> };

/** The process's store of uploaded files and of rejected rows, opened on first use. */
export function getBlobStore(): Promise<BlobStore> {
  shared.opendcpBlobs ??= FileBlobStore.open({ directory: join(roleConfig().dataDir, 'objects') });
  return shared.opendcpBlobs;
}
