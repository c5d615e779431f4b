import type { Column } from '#lib/core/csv/types.ts';
import { CopyWriter, type RowsToCopy } from './copy-writer.ts';
import { columnName, stagingName, type StoredColumn } from './names.ts';
import type { Pool } from './pool.ts';
import { rowColumns } from './staging.ts';
import { holdClaim, type Claim } from './upload-claim.ts';

export interface StagingRows extends RowsToCopy {
  readonly batch: number;
}

/** Of the session that writes them. */
const repeatsTable = 'pg_temp.repeats';

/**
 * Begins to write rows of one batch into its staging set (see `createStaging`). Several writers may do so at
 * once, one of them with the repeats, which get numbers in their order: they come after all others.
 */
export function openStaging(pool: Pool, claim: Claim, rows: StagingRows): Promise<CopyWriter> {
  const { batch, columns, delimiter, kind } = rows;
  const staging = stagingName(claim.uploadId, batch);
  if (kind === 'new') {
    return CopyWriter.open(pool, {
      into: staging,
      columns,
      delimiter,
      conclude: (connection) => holdClaim(connection, claim),
    });
  }
  const attributes = attributeColumns(columns);
  const names = [
    'customer_id',
    'seq',
    ...attributes.map(({ attributeId }) => columnName(attributeId)),
  ];
  return CopyWriter.open(pool, {
    into: repeatsTable,
    columns,
    delimiter,
    prepare: async (connection) => {
      await connection.query(
        `CREATE TEMPORARY TABLE repeats (${rowColumns(attributes, 'GENERATED ALWAYS AS IDENTITY')})
         ON COMMIT DROP`,
      );
    },
    conclude: async (connection) => {
      await holdClaim(connection, claim);
      await connection.query(
        `INSERT INTO ${staging} (${names.join(', ')}) SELECT ${names.join(', ')} FROM ${repeatsTable}`,
      );
    },
  });
}

/** The attributes that a file brings, in its order. */
export function attributeColumns(columns: readonly Column[]): StoredColumn[] {
  return columns.filter((column) => column.kind === 'attribute');
}
