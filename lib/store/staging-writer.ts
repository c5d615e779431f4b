import type { Column, Delimiter } from '#lib/core/csv/types.ts';
import { CopyWriter } from './copy-writer.ts';
import { stagingName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { createStaging, type StagingKey } from './staging.ts';

export interface StagingOptions extends StagingKey {
  /** Of the rows to come, in their order; `ignored` columns are not in them. */
  readonly columns: readonly Column[];
  readonly delimiter: Delimiter;
}

/** Begins to write a new staging set; until the writer's `finish`, nothing of it exists. */
export function openStaging(pool: Pool, options: StagingOptions): Promise<CopyWriter> {
  const { columns, delimiter } = options;
  return CopyWriter.open(pool, {
    into: stagingName(options.uploadId, options.batch),
    columns,
    delimiter,
    prepare: (connection) => createStaging(connection, options, attributeColumns(columns)),
  });
}

/** The attributes that a file brings, in its order. */
export function attributeColumns(columns: readonly Column[]): StoredColumn[] {
  return columns.filter((column) => column.kind === 'attribute');
}
