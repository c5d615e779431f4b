import { columnType, textType } from './column-type.ts';
import {
  columnName,
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

/** Numbers are handed out in blocks of this size; only their order matters. */
const sequenceCache = 1_000;

/**
 * Creates the staging set of a batch, replacing what a killed worker may have left under its name. Its
 * partitions are unlogged: after a crash of PostgreSQL they are empty and the batch is staged again.
 */
export async function createStaging(
  connection: Connection,
  key: StagingKey,
  columns: readonly StoredColumn[],
): Promise<void> {
  await dropStaging(connection, key);
  const name = stagingName(key.uploadId, key.batch);
  await createRowSet(connection, { name, columns, persistence: 'UNLOGGED', isOfOneSession: true });
}

export interface RowSetOptions {
  readonly name: string;
  readonly columns: readonly StoredColumn[];
  /** `UNLOGGED` is faster and does not survive a crash of PostgreSQL. */
  readonly persistence: 'UNLOGGED' | '';
  /** Whether only one session ever writes to it: several may not take numbers in blocks. */
  readonly isOfOneSession: boolean;
}

/**
 * Creates a set of rows on their way into a table, partitioned as the table is: the upload's columns and
 * `seq`, the order of the rows in the file. (Their physical order does not tell: rows of partitions filled in
 * turns may go into gaps of earlier pages.)
 */
export async function createRowSet(
  connection: Connection,
  { name, columns, persistence, isOfOneSession }: RowSetOptions,
): Promise<void> {
  const attributes = columns.map(
    ({ attributeId, type }) => `, ${columnName(attributeId)} ${columnType(type)}`,
  );
  await connection.query(`
    CREATE ${persistence} SEQUENCE ${name}_seq CACHE ${isOfOneSession ? sequenceCache : 1};
    CREATE TABLE ${name} (
      customer_id ${textType} NOT NULL,
      seq bigint NOT NULL DEFAULT nextval('${name}_seq')${attributes.join('')}
    ) PARTITION BY HASH (customer_id)`);
  for (const partition of partitions) {
    await connection.query(
      `CREATE ${persistence} TABLE ${partitionName(name, partition)} PARTITION OF ${name}
       FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${partition})
       WITH (autovacuum_enabled = false)`,
    );
  }
}

/** Removes a staging set, if there is one. */
export async function dropStaging(
  connection: Connection | Pool,
  { uploadId, batch }: StagingKey,
): Promise<void> {
  const staging = stagingName(uploadId, batch);
  const sorted = partitions.map((partition) => sortedName(staging, partition));
  await connection.query(
    `DROP TABLE IF EXISTS ${[staging, ...sorted].join(', ')}; DROP SEQUENCE IF EXISTS ${staging}_seq`,
  );
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
