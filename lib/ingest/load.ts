import type { BlobStore } from '#lib/blob/blob-store.ts';
import type { Pool } from '#lib/store/pool.ts';
import type { ClaimedUpload } from '#lib/store/upload-claim.ts';
import type { Plan } from './checkpoint.ts';
import type { Progress } from './progress.ts';
import type { IngestSettings } from './settings.ts';
import type { StoredFile } from './stored-file.ts';

/** What every step of loading one file works with. */
export interface Load {
  readonly pool: Pool;
  readonly blobs: BlobStore;
  readonly settings: IngestSettings;
  readonly claim: ClaimedUpload;
  readonly file: StoredFile;
  readonly plan: Plan;
  readonly progress: Progress;
}
