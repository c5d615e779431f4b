import { copyAliasIndexes } from './alias-columns.ts';
import { catchUp, readEffects } from './carry-over.ts';
import { countChanges } from './change-log.ts';
import { changeStructureWhenFree } from './change-structure.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import { dropFirstLoad } from './first-load.ts';
import {
  firstLoadName,
  partitionName,
  partitions,
  replacedName,
  tableName,
  type StoredColumn,
} from './names.ts';
import type { Connection, Pool } from './pool.ts';
import { shareColumns } from './share-columns.ts';
import type { TransactionOptions } from './transaction.ts';
import { lockClaim, withClaim, type ClaimedUpload } from './upload-claim.ts';
import type { JsonObject } from './upload-ledger.ts';

export interface PublishFirstLoadOptions extends TransactionOptions {
  readonly claim: ClaimedUpload;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  /** Where the upload stands afterwards. */
  readonly checkpoint: JsonObject;
}

/** Changes of the table that are caught up with at once: beside it, and while everybody waits for a few dozen milliseconds. */
const mostChanges = { beside: 10_000, underLock: 500 };

/**
 * Puts the tables of a completed first load, with the rows that were carried over, in the place of the table.
 * What single writes changed since then is carried over again: most of it before, the last of it while readers
 * and writers wait, for the length of a rename; whoever waited goes on with the new table. Counts and checkpoint
 * are part of that transaction. A table that is never free is waited for.
 *
 * The table that was there is dropped afterwards: a transaction that drops one keeps its locks until the disk has
 * it, a tenth of a second beside a load. This one does not wait for the disk: whatever depends on it comes after
 * it in the log.
 */
export async function publishFirstLoad(
  pool: Pool,
  options: PublishFirstLoadOptions,
): Promise<void> {
  const { claim, signal } = options;
  await addKey(pool, claim);
  await changeStructureWhenFree(pool, claim.tableId, {
    prepare: async () => {
      while ((await catchUpBeside(pool, options)) > mostChanges.underLock / 2);
    },
    change: (connection) => replaceTable(connection, options),
    ...(signal ? { signal } : {}),
  });
  await dropFirstLoad(pool, claim.uploadId);
}

/** The partitions have theirs already, so that this takes no time. */
async function addKey(pool: Pool, claim: ClaimedUpload): Promise<void> {
  const name = firstLoadName(claim.uploadId);
  await withClaim(pool, claim, async (connection) => {
    const { rowCount } = await connection.query(
      'SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary',
      [name],
    );
    if (rowCount === 0) await connection.query(`ALTER TABLE ${name} ADD PRIMARY KEY (customer_id)`);
  });
}

/** @returns how many changes were caught up with. */
function catchUpBeside(pool: Pool, options: PublishFirstLoadOptions): Promise<number> {
  const { claim, signal } = options;
  return withClaim(
    pool,
    claim,
    async (connection) => {
      const shared = await shareStructure(connection, claim);
      return catchUp(connection, { ...options, shared, most: mostChanges.beside });
    },
    signal ? { signal } : {},
  );
}

async function shareStructure(connection: Connection, claim: ClaimedUpload): Promise<string[]> {
  const tables = { from: tableName(claim.tableId), into: firstLoadName(claim.uploadId) };
  const shared = await shareColumns(connection, tables);
  await copyAliasIndexes(connection, tables);
  return shared;
}

/** @returns false when too much was changed just now. */
async function replaceTable(
  connection: Connection,
  options: PublishFirstLoadOptions,
): Promise<boolean> {
  const { claim, checkpoint } = options;
  const { tableId, uploadId } = claim;
  await lockClaim(connection, claim);
  await connection.query('SET LOCAL synchronous_commit = off');
  // The gate is closed, so that it stays as it is; an index that is still to be built keeps no lookup waiting.
  const shared = await shareStructure(connection, claim);
  await connection.query(`LOCK TABLE ${tableName(tableId)} IN ACCESS EXCLUSIVE MODE`);
  const most = mostChanges.underLock;
  if ((await countChanges(connection, uploadId, most + 1)) > most) return false;
  await catchUp(connection, { ...options, shared, most });
  await renameTables(connection, claim);
  const { created, changed } = await readEffects(connection, uploadId);
  await connection.query('INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)', [
    tableId,
    created,
  ]);
  await connection.query(
    `UPDATE "Upload" SET "rowsCreated" = "rowsCreated" + $2::bigint,
       "rowsChanged" = "rowsChanged" + $3::bigint, checkpoint = $4
     WHERE id = $1`,
    [uploadId, created, changed, checkpoint],
  );
  return true;
}

async function renameTables(
  connection: Connection,
  { tableId, uploadId }: ClaimedUpload,
): Promise<void> {
  const [loaded, table] = [firstLoadName(uploadId), tableName(tableId)];
  await connection.query(
    `${renaming(table, replacedName(uploadId))}
     ${renaming(loaded, table)}
     ALTER TABLE ${table} ALTER updated_at DROP DEFAULT, ALTER upload_id DROP DEFAULT;`,
  );
}

/** SQL that gives a table, its partitions and their keys other names. */
function renaming(from: string, into: string): string {
  const tables = [
    [from, into] as const,
    ...partitions.map(
      (partition) => [partitionName(from, partition), partitionName(into, partition)] as const,
    ),
  ];
  const bare = (name: string) => name.replace('profiles.', '');
  return tables
    .map(
      ([before, after]) => `ALTER INDEX ${before}_pkey RENAME TO ${bare(after)}_pkey;
         ALTER TABLE ${before} RENAME TO ${bare(after)};`,
    )
    .join('\n');
}
