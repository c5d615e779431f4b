import { openFirstLoad } from '#lib/store/first-load.ts';
import { attributeColumns, openStaging } from '#lib/store/staging-writer.ts';
import { createStaging } from '#lib/store/staging.ts';
import { withClaim } from '#lib/store/upload-claim.ts';
import type { Load } from './load.ts';
import { RowSink } from './row-sink.ts';

/**
 * Into the tables of a first load. What is kept of a batch that is not recorded does no harm: the batch is read
 * again, and its customers are repeats then.
 */
export function openFirstLoadSink({ pool, claim, plan, settings }: Load): RowSink {
  const { columns, delimiter } = plan;
  return new RowSink({
    lanes: settings.copyParallelism,
    open: (kind) => openFirstLoad(pool, claim, { columns, delimiter, kind }),
  });
}

/** Into the staging set of a batch, which its first row creates: a batch of rejects needs none. */
export function openStagingSink({ pool, claim, plan, settings }: Load, batch: number): RowSink {
  const { columns, delimiter } = plan;
  const key = { uploadId: claim.uploadId, batch };
  return new RowSink({
    lanes: settings.copyParallelism,
    prepare: () =>
      withClaim(pool, claim, (connection) =>
        createStaging(connection, key, attributeColumns(columns)),
      ),
    open: (kind) => openStaging(pool, claim, { batch, columns, delimiter, kind }),
  });
}
