import { columnDefinitions } from './column-definitions.ts';
import { textType } from './column-type.ts';
import {
  partitionCount,
  partitionName,
  partitions,
  sortedName,
  stagingName,
  type StoredColumn,
} from './names.ts';
import type { Connection, Pool } from './pool.ts';

/** Which batch of which upload a staging set holds. */
export interface StagingKey {
  readonly uploadId: number;
  readonly batch: number;
}

/**
 * Creates the staging set of a batch, replacing what a killed worker may have left under its name, except for
 * what is sorted already. Its partitions are unlogged: after a crash of PostgreSQL they are empty and the batch
 * is staged again. Rows have number 0 unless they come with another one.
 */
export async function createStaging(
  connection: Connection,
  key: StagingKey,
  columns: readonly StoredColumn[],
): Promise<void> {
  const name = stagingName(key.uploadId, key.batch);
  await connection.query(`DROP TABLE IF EXISTS ${name}`);
  await createRowSet(connection, { name, columns, persistence: 'UNLOGGED', number: '0' });
}

export interface RowSetOptions {
  readonly name: string;
  readonly columns: readonly StoredColumn[];
  /** `UNLOGGED` is faster and does not survive a crash of PostgreSQL. */
  readonly persistence: 'UNLOGGED' | '';
  /** SQL of the number that a row gets. */
  readonly number: string;
}

/**
 * Creates a set of rows on their way into a table, partitioned as the table is: the upload's columns and
 * `seq`, the order of a customer's rows in the file. (Their physical order does not tell: rows of partitions filled
 * in turns may go into gaps of earlier pages.)
 */
export async function createRowSet(
  connection: Connection,
  { name, columns, persistence, number }: RowSetOptions,
): Promise<void> {
  await connection.query(
    `CREATE TABLE ${name} (${rowColumns(columns, `DEFAULT ${number}`)}) PARTITION BY HASH (customer_id)`,
  );
  for (const partition of partitions) {
    await connection.query(
      `CREATE ${persistence} TABLE ${partitionName(name, partition)} PARTITION OF ${name}
       FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${partition})
       WITH (autovacuum_enabled = false)`,
    );
  }
}

/** Columns of rows on their way into a table. @param numbering how `seq` gets its value. */
export function rowColumns(columns: readonly StoredColumn[], numbering: string): string {
  return `customer_id ${textType} NOT NULL, seq bigint NOT NULL ${numbering}${columnDefinitions(columns)}`;
}

/** Removes a staging set, if there is one. */
export async function dropStaging(
  connection: Connection | Pool,
  { uploadId, batch }: StagingKey,
): Promise<void> {
  const staging = stagingName(uploadId, batch);
  const sorted = partitions.map((partition) => sortedName(staging, partition));
  await connection.query(`DROP TABLE IF EXISTS ${[staging, ...sorted].join(', ')}`);
}

/** Every staging set there is. */
export async function listStaging(pool: Pool): Promise<readonly StagingKey[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'profiles'::regnamespace AND relkind = 'p' AND relname ~ '^s_[0-9]+_[0-9]+$'`,
  );
  return rows.map(({ name }) => {
    const [, uploadId, batch] = name.split('_').map(Number);
    return { uploadId: uploadId ?? 0, batch: batch ?? 0 };
  });
}
