import { applyRows } from './apply-rows.ts';
import { carryOverKnown, carryOverOthers, isCarriedOver } from './carry-over.ts';
import { combineDuplicates, type EmptyCells } from './combine-duplicates.ts';
import { CopyWriter, type RowsToCopy } from './copy-writer.ts';
import {
  firstLoadName,
  knownTables,
  partitionCount,
  partitionName,
  partitions,
  repeatsName,
  replacedName,
  sortedName,
  tableName,
  type StoredColumn,
} from './names.ts';
import { fillFactor } from './physical-tables.ts';
import type { Connection, Pool } from './pool.ts';
import { sortRows } from './sort-rows.ts';
import { createRowSet } from './staging.ts';
import { tableExists } from './table-exists.ts';
import { inTransaction, runAlone, type TransactionOptions } from './transaction.ts';
import { holdClaim, withClaim, type Claim, type ClaimedUpload } from './upload-claim.ts';

/*
 * The first load of an empty table takes no detour: rows go by COPY into tables without a key, which become
 * the table once their key is built (docs/decisions/018-first-load.md). That needs every customer to be there
 * once. Rows whose customer may be there already are repeats: kept aside, in order, and merged at the end.
 */

/** Creates the tables of a first load, unless an earlier attempt did. */
export async function prepareFirstLoad(
  pool: Pool,
  claim: ClaimedUpload,
  columns: readonly StoredColumn[],
): Promise<void> {
  const { uploadId, tableId, startedAt } = claim;
  const name = firstLoadName(uploadId);
  await withClaim(pool, claim, async (connection) => {
    if (await tableExists(connection, name)) return;
    await connection.query(
      `CREATE TABLE ${name} (LIKE ${tableName(tableId)}) PARTITION BY HASH (customer_id);
       ALTER TABLE ${name} ALTER updated_at SET DEFAULT '${startedAt.toISOString()}',
                           ALTER upload_id SET DEFAULT ${uploadId}`,
    );
    for (const partition of partitions) {
      await connection.query(
        `CREATE TABLE ${partitionName(name, partition)} PARTITION OF ${name}
         FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${partition})
         WITH (fillfactor = ${fillFactor}, autovacuum_enabled = false)`,
      );
    }
    const repeats = repeatsName(uploadId);
    const number = `nextval('${repeats}_seq')`;
    await connection.query(`CREATE SEQUENCE ${repeats}_seq`);
    await createRowSet(connection, { name: repeats, columns, persistence: '', number });
  });
}

/** Begins to write rows of one batch; several writers may do so at once. */
export function openFirstLoad(pool: Pool, claim: Claim, rows: RowsToCopy): Promise<CopyWriter> {
  const { columns, delimiter, kind } = rows;
  return CopyWriter.open(pool, {
    into: kind === 'new' ? firstLoadName(claim.uploadId) : repeatsName(claim.uploadId),
    columns,
    delimiter,
    conclude: (connection) => holdClaim(connection, claim),
  });
}

export interface CompletePartitionOptions extends TransactionOptions {
  readonly claim: ClaimedUpload;
  readonly partition: number;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  /** Names of the columns in which rows of the table are carried over; `null` when they are not. */
  readonly carriedOver: readonly string[] | null;
}

/** For sorting one partition's keys; a few are built at once. */
const keyMemory = '256MB';

/**
 * Builds the key of one partition and merges its repeats; for a load, carries the table's rows over. May be
 * called again: repeats that are merged a second time change nothing, and rows are carried over once.
 */
export async function completePartition(
  pool: Pool,
  options: CompletePartitionOptions,
): Promise<void> {
  const { claim, partition, carriedOver: shared, signal } = options;
  const into = partitionName(firstLoadName(claim.uploadId), partition);
  const repeats = partitionName(repeatsName(claim.uploadId), partition);
  await inTransaction(
    pool,
    async (connection) => {
      await holdClaim(connection, claim);
      if (shared && (await isCarriedOver(connection, options))) return;
      await connection.query(
        `SET LOCAL maintenance_work_mem = '${keyMemory}';
         SET LOCAL max_parallel_maintenance_workers = 0;
         SET LOCAL work_mem = '64MB'`,
      );
      if (shared) await carryOverOthers(connection, { ...options, shared, repeats });
      await buildKey(connection, into);
      await mergeRepeats(connection, { ...options, repeats, into });
      if (shared) await carryOverKnown(connection, { ...options, shared });
    },
    signal ? { signal } : {},
  );
}

/**
 * Marks every row of a completed partition as visible to all. Otherwise the first to read it does: to every page,
 * which is written to the log as a whole then, because pages have checksums. While another partition is being
 * completed, nothing is visible to all.
 */
export async function settlePartition(
  pool: Pool,
  { claim, partition, signal }: Pick<CompletePartitionOptions, 'claim' | 'partition' | 'signal'>,
): Promise<void> {
  const loaded = partitionName(firstLoadName(claim.uploadId), partition);
  const statement = `VACUUM (FREEZE, TRUNCATE false) ${loaded}`;
  await runAlone(pool, statement, signal ? { signal } : {});
}

async function buildKey(connection: Connection, table: string): Promise<void> {
  if (await hasKey(connection, table)) return;
  // Building the key counts the rows, unless autovacuum is off: then nobody would know how many there are.
  await connection.query(
    `ALTER TABLE ${table} RESET (autovacuum_enabled);
     ALTER TABLE ${table} ADD PRIMARY KEY (customer_id)`,
  );
}

async function mergeRepeats(
  connection: Connection,
  options: CompletePartitionOptions & { readonly repeats: string; readonly into: string },
): Promise<void> {
  const { claim, partition, columns, emptyCells, repeats, into } = options;
  await connection.query(combineDuplicates(repeats, columns, emptyCells), [null]);
  const sorted = sortedName(firstLoadName(claim.uploadId), partition);
  const target = { sorted, into, columns, emptyCells };
  const { pages } = await sortRows(connection, { ...target, from: repeats });
  await applyRows(connection, {
    ...target,
    pages: { from: 0, to: pages },
    uploadId: claim.uploadId,
    updatedAt: claim.startedAt,
    isContended: false,
  });
  await connection.query(`DROP TABLE ${sorted}`);
}

async function hasKey(connection: Connection, table: string): Promise<boolean> {
  const { rowCount } = await connection.query(
    'SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary',
    [table],
  );
  return rowCount === 1;
}

/** Uploads that have tables of a first load. */
export async function listFirstLoads(pool: Pool): Promise<readonly number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT DISTINCT substring(relname FROM 3)::int AS id FROM pg_class
     WHERE relnamespace = 'profiles'::regnamespace AND relkind = 'p' AND relname ~ '^[fro]_[0-9]+$'`,
  );
  return rows.map(({ id }) => id);
}

/** Removes the tables of a first load, and the one that it took the place of, if there are any. */
export async function dropFirstLoad(
  connection: Connection | Pool,
  uploadId: number,
): Promise<void> {
  const repeats = repeatsName(uploadId);
  const sorted = partitions.map((partition) => sortedName(firstLoadName(uploadId), partition));
  const tables = [
    firstLoadName(uploadId),
    repeats,
    replacedName(uploadId),
    ...sorted,
    ...knownTables(uploadId),
  ];
  await connection.query(
    `DROP TABLE IF EXISTS ${tables.join(', ')};
     DROP SEQUENCE IF EXISTS ${repeats}_seq;
     DELETE FROM profiles.carried_over WHERE upload_id = ${uploadId}`,
  );
}
