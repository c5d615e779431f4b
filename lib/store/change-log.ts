import { changeStructure, changeStructureWhenFree } from './change-structure.ts';
import { tableName } from './names.ts';
import type { Connection, Pool } from './pool.ts';
import type { TransactionOptions } from './transaction.ts';
import { holdClaim, type Claim } from './upload-claim.ts';

/*
 * While the rows of a table are carried over to the one that takes its place, a trigger notes each customer that
 * is created, changed or deleted, in the transaction that does it. Only ever appended to, so that writers do not
 * wait for each other, nor for whoever takes notes away.
 */

/** Creates what the triggers write with and to. May be called again. */
export async function createChangeLog(connection: Connection): Promise<void> {
  await connection.query(`
    CREATE TABLE IF NOT EXISTS profiles.changed_customer (
      upload_id integer NOT NULL,
      partition smallint NOT NULL,
      customer_id text COLLATE "C" NOT NULL
    );
    CREATE INDEX IF NOT EXISTS changed_customer_upload_id ON profiles.changed_customer (upload_id);
    CREATE OR REPLACE FUNCTION profiles.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO profiles.changed_customer (upload_id, partition, customer_id) VALUES (
        TG_ARGV[0]::integer,
        substring(TG_TABLE_NAME FROM '[0-9]+$')::smallint,
        COALESCE(NEW.customer_id, OLD.customer_id)
      );
      RETURN NULL;
    END $$`);
}

function triggerName(uploadId: number): string {
  return `note_change_for_${uploadId}`;
}

/** Has every change of the table noted from now on, for one upload. May be called again. */
export async function startChangeLog(
  pool: Pool,
  claim: Claim,
  { signal }: TransactionOptions = {},
): Promise<void> {
  const { tableId, uploadId } = claim;
  if ((await listTables(pool, uploadId)).includes(tableId)) return;
  const change = async (connection: Connection) => {
    await holdClaim(connection, claim);
    await connection.query(
      `CREATE TRIGGER ${triggerName(uploadId)} AFTER INSERT OR UPDATE OR DELETE ON ${tableName(tableId)}
       FOR EACH ROW EXECUTE FUNCTION profiles.note_change(${uploadId})`,
    );
    return true;
  };
  await changeStructureWhenFree(pool, tableId, { change, ...(signal ? { signal } : {}) });
}

/** Ends it, and forgets the notes. May be called again. */
export async function stopChangeLog(pool: Pool, uploadId: number): Promise<void> {
  for (const tableId of await listTables(pool, uploadId)) {
    await changeStructure(pool, tableId, async (connection) => {
      await connection.query(
        `DROP TRIGGER IF EXISTS ${triggerName(uploadId)} ON ${tableName(tableId)}`,
      );
    });
  }
  await pool.query('DELETE FROM profiles.changed_customer WHERE upload_id = $1', [uploadId]);
}

async function listTables(pool: Pool, uploadId: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT substring(relname FROM 3)::int AS id FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
     WHERE tgname = $1 AND relnamespace = 'profiles'::regnamespace AND relname ~ '^t_[0-9]+$'`,
    [triggerName(uploadId)],
  );
  return rows.map(({ id }) => id);
}

/** Notes that wait, counted up to `most`. */
export async function countChanges(
  connection: Connection,
  uploadId: number,
  most: number,
): Promise<number> {
  const { rows } = await connection.query<{ total: string }>(
    `SELECT count(*) AS total FROM (
       SELECT FROM profiles.changed_customer WHERE upload_id = $1 LIMIT $2
     ) AS waiting`,
    [uploadId, most],
  );
  return Number(rows[0]?.total ?? 0);
}

export interface Changes {
  /** Changed customers by partition, each once. */
  readonly customers: ReadonlyMap<number, readonly string[]>;
  /** How many notes that were. */
  readonly notes: number;
}

/**
 * Takes notes away, at most `most`. Whatever the same transaction reads from the table afterwards is not older
 * than they are.
 */
export async function takeChanges(
  connection: Connection,
  uploadId: number,
  most: number,
): Promise<Changes> {
  const { rows } = await connection.query<{ partition: number; customer_id: string }>(
    `DELETE FROM profiles.changed_customer WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM profiles.changed_customer WHERE upload_id = $1 LIMIT $2
     )) RETURNING partition, customer_id`,
    [uploadId, most],
  );
  const customers = Map.groupBy(rows, ({ partition }) => partition);
  return {
    customers: new Map(
      [...customers].map(([partition, noted]) => [
        partition,
        [...new Set(noted.map((note) => note.customer_id))],
      ]),
    ),
    notes: rows.length,
  };
}
