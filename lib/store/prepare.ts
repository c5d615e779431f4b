import { createFoldCase } from './audience/fold-case.ts';
import { createChangeLog } from './change-log.ts';
import type { Pool } from './pool.ts';
import { inTransaction } from './transaction.ts';

/** Arbitrary, but the same for every node. */
const prepareLock = 0x0dc8;

/**
 * Creates what the store needs besides the profile tables themselves. Called at every start, after the
 * migrations; several nodes may call it at once.
 *
 * - `row_count_delta`: rows per table are the sum of its deltas. Writers only append, so that they never
 *   wait for each other; `foldRowCount` sums up.
 * - `upload_merge`: how far each partition of an upload's current batch is merged, with its counts.
 * - `changed_customer`, `carried_over`: what happens to a table while a file is loaded beside it, and how far
 *   its rows are carried over.
 * - `fold_case`: what audiences compare texts with when case is ignored.
 *
 * @example await prepareStore(getPool());
 */
export async function prepareStore(pool: Pool): Promise<void> {
  await inTransaction(pool, async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock($1)', [prepareLock]);
    await connection.query(`
      CREATE SCHEMA IF NOT EXISTS profiles;
      CREATE TABLE IF NOT EXISTS profiles.row_count_delta (
        table_id integer NOT NULL,
        delta bigint NOT NULL
      );
      CREATE INDEX IF NOT EXISTS row_count_delta_table_id ON profiles.row_count_delta (table_id);
      CREATE TABLE IF NOT EXISTS profiles.upload_merge (
        upload_id integer NOT NULL,
        batch integer NOT NULL,
        partition smallint NOT NULL,
        rows bigint NOT NULL,
        created bigint NOT NULL,
        changed bigint NOT NULL,
        PRIMARY KEY (upload_id, batch, partition)
      );
      ALTER TABLE profiles.upload_merge
        ADD COLUMN IF NOT EXISTS page integer,
        ADD COLUMN IF NOT EXISTS is_done boolean NOT NULL DEFAULT true,
        DROP COLUMN IF EXISTS last;
      CREATE TABLE IF NOT EXISTS profiles.carried_over (
        upload_id integer NOT NULL,
        partition smallint NOT NULL,
        created bigint NOT NULL,
        changed bigint NOT NULL,
        PRIMARY KEY (upload_id, partition)
      );
    `);
    await createChangeLog(connection);
    await createFoldCase(connection);
  });
}
