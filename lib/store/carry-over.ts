import { analyzeColumn } from './analyze-column.ts';
import { takeChanges } from './change-log.ts';
import { columnDefinitions } from './column-definitions.ts';
import { textType } from './column-type.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import {
  columnName,
  firstLoadName,
  knownName,
  partitionName,
  tableName,
  type StoredColumn,
} from './names.ts';
import type { Connection } from './pool.ts';
import { isDifferent } from './row-difference.ts';
import type { ClaimedUpload } from './upload-claim.ts';

/*
 * A file that is loaded beside a table applies on top of it: the table's rows are carried over to the loaded ones
 * as if they had come before the file. The file's own row of every customer that is in both is kept beside, in
 * `k_<upload>`: when somebody changes that customer before the loaded rows become the table, it is carried over
 * again. Loaded rows are the upload's by their `upload_id`; those that only the table had keep theirs.
 */

export interface CarryOverOptions {
  readonly claim: ClaimedUpload;
  /** Attributes that the upload brings. */
  readonly columns: readonly StoredColumn[];
  readonly emptyCells: EmptyCells;
  /** Names of all columns of attributes that both tables have. */
  readonly shared: readonly string[];
}

interface PartitionOptions extends CarryOverOptions {
  readonly partition: number;
}

/** Customers of the file that the table does not have, and that it has with other values. */
interface Effects {
  readonly created: number;
  readonly changed: number;
}

/** Whether a partition of the table was carried over by an earlier attempt. */
export async function isCarriedOver(
  connection: Connection,
  { claim, partition }: Pick<PartitionOptions, 'claim' | 'partition'>,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    'SELECT FROM profiles.carried_over WHERE upload_id = $1 AND partition = $2',
    [claim.uploadId, partition],
  );
  return rowCount === 1;
}

/** Copies the rows of customers that the file does not name. Before the key is built: that is faster. */
export async function carryOverOthers(
  connection: Connection,
  options: PartitionOptions & { readonly repeats: string },
): Promise<void> {
  const { into, from } = namesOf(options);
  const names = rowOf(options);
  await connection.query(
    `INSERT INTO ${into} (${names}) SELECT ${names} FROM ${from} AS stored
     WHERE NOT EXISTS (SELECT FROM ${into} AS loaded WHERE loaded.customer_id = stored.customer_id)
       AND NOT EXISTS (SELECT FROM ${options.repeats} AS loaded WHERE loaded.customer_id = stored.customer_id)`,
  );
}

/** Brings the table's values of customers that the file names, too, and notes what the file does to them. */
export async function carryOverKnown(
  connection: Connection,
  options: PartitionOptions,
): Promise<void> {
  const { claim, partition, columns } = options;
  const { into, known } = namesOf(options);
  await connection.query(
    `CREATE TABLE ${known} (customer_id ${textType} NOT NULL, is_changed boolean NOT NULL${columnDefinitions(columns)})
     WITH (autovacuum_enabled = false)`,
  );
  const { rows } = await connection.query<{ customers: string }>(
    `SELECT count(*) AS customers FROM ${into} WHERE upload_id = $1`,
    [claim.uploadId],
  );
  const customers = Number(rows[0]?.customers ?? 0);
  await analyzeColumn(connection, into, 'upload_id');
  const found = await noteKnown(connection, options, null);
  await connection.query(`CREATE UNIQUE INDEX ON ${known} (customer_id)`);
  await bringKnown(connection, options, null);
  await connection.query(
    `INSERT INTO profiles.carried_over (upload_id, partition, created, changed)
     VALUES ($1, $2, $3, $4)`,
    [claim.uploadId, partition, customers - found.total, found.changed],
  );
}

/**
 * Carries customers over again that were changed meanwhile.
 *
 * @returns how many changes that were, at most `most`.
 */
export async function catchUp(
  connection: Connection,
  options: CarryOverOptions & { readonly most: number },
): Promise<number> {
  const { claim, most } = options;
  const { customers, notes } = await takeChanges(connection, claim.uploadId, most);
  if (notes === 0) return 0;
  // Each of a few is looked up, whatever is thought of the statistics of tables just made.
  await connection.query(
    'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off',
  );
  for (const [partition, ids] of customers) {
    await carryOverAgain(connection, { ...options, partition }, ids);
  }
  return notes;
}

async function carryOverAgain(
  connection: Connection,
  options: PartitionOptions,
  ids: readonly string[],
): Promise<void> {
  const { claim, partition } = options;
  const { into, from } = namesOf(options);
  const before = await restoreLoaded(connection, options, ids);
  await connection.query(
    `DELETE FROM ${into} WHERE customer_id = ANY($1) AND upload_id IS DISTINCT FROM $2::int`,
    [ids, claim.uploadId],
  );
  const now = await noteKnown(connection, options, ids);
  await bringKnown(connection, options, ids);
  const names = rowOf(options);
  await connection.query(
    `INSERT INTO ${into} (${names}) SELECT ${names} FROM ${from} WHERE customer_id = ANY($1)
     ON CONFLICT (customer_id) DO NOTHING`,
    [ids],
  );
  await connection.query(
    `UPDATE profiles.carried_over SET created = created + $3, changed = changed + $4
     WHERE upload_id = $1 AND partition = $2`,
    [claim.uploadId, partition, before.total - now.total, now.changed - before.changed],
  );
}

interface Known {
  readonly total: number;
  readonly changed: number;
}

/** Makes the rows of known customers what the file alone says again, and forgets that they are known. */
async function restoreLoaded(
  connection: Connection,
  options: PartitionOptions,
  ids: readonly string[],
): Promise<Known> {
  const { claim, columns, shared } = options;
  const { into, known } = namesOf(options);
  const brought = new Set<string>(columns.map(({ attributeId }) => columnName(attributeId)));
  const assignments = [
    'updated_at = $2::timestamptz',
    'upload_id = $3::int',
    ...[...brought].map((column) => `${column} = own.${column}`),
    ...shared.filter((column) => !brought.has(column)).map((column) => `${column} = NULL`),
  ];
  const { rows } = await connection.query<Counts>(
    `WITH own AS (DELETE FROM ${known} WHERE customer_id = ANY($1) RETURNING *),
          found AS (
            UPDATE ${into} AS loaded SET ${assignments.join(', ')} FROM own
            WHERE loaded.customer_id = own.customer_id RETURNING is_changed
          )
     ${countFound}`,
    [ids, claim.startedAt, claim.uploadId],
  );
  return toKnown(rows);
}

/** Keeps the file's own rows of customers that are in both. @param ids `null` for all. */
async function noteKnown(
  connection: Connection,
  options: PartitionOptions,
  ids: readonly string[] | null,
): Promise<Known> {
  const { claim, columns, emptyCells } = options;
  const { into, from, known } = namesOf(options);
  const names = columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
  const cells = columns.map(({ attributeId }) => `, incoming.${columnName(attributeId)}`).join('');
  const { rows } = await connection.query<Counts>(
    `WITH found AS (
       INSERT INTO ${known} (customer_id, is_changed${names})
       SELECT incoming.customer_id, ${isDifferent(columns, emptyCells)}${cells}
       FROM ${into} AS incoming JOIN ${from} AS stored ON stored.customer_id = incoming.customer_id
       WHERE incoming.upload_id = $1::int${ids ? ' AND incoming.customer_id = ANY($2)' : ''}
       RETURNING is_changed
     )
     ${countFound}`,
    [claim.uploadId, ...(ids ? [ids] : [])],
  );
  return toKnown(rows);
}

type Counts = Record<keyof Known, string>;

const countFound =
  'SELECT count(*) AS total, count(*) FILTER (WHERE is_changed) AS changed FROM found';

function toKnown([row]: readonly Counts[]): Known {
  return { total: Number(row?.total ?? 0), changed: Number(row?.changed ?? 0) };
}

/** A row that the file does not change stays as it was, with its time and its upload. */
async function bringKnown(
  connection: Connection,
  options: PartitionOptions,
  ids: readonly string[] | null,
): Promise<void> {
  const { columns, emptyCells, shared } = options;
  const { into, from, known } = namesOf(options);
  const brought = new Set<string>(columns.map(({ attributeId }) => columnName(attributeId)));
  const assignments = [
    ...['updated_at', 'upload_id'].map(
      (name) => `${name} = CASE WHEN own.is_changed THEN loaded.${name} ELSE stored.${name} END`,
    ),
    ...shared.flatMap((column) => {
      if (!brought.has(column)) return [`${column} = stored.${column}`];
      return emptyCells === 'clear'
        ? []
        : [`${column} = COALESCE(loaded.${column}, stored.${column})`];
    }),
  ];
  await connection.query(
    `UPDATE ${into} AS loaded SET ${assignments.join(', ')}
     FROM ${known} AS own JOIN ${from} AS stored ON stored.customer_id = own.customer_id
     WHERE loaded.customer_id = own.customer_id${ids ? ' AND own.customer_id = ANY($1)' : ''}`,
    ids ? [ids] : [],
  );
}

/** What the file does to the table, by what was carried over. */
export async function readEffects(connection: Connection, uploadId: number): Promise<Effects> {
  const { rows } = await connection.query<Record<keyof Effects, string>>(
    `SELECT COALESCE(sum(created), 0) AS created, COALESCE(sum(changed), 0) AS changed
     FROM profiles.carried_over WHERE upload_id = $1`,
    [uploadId],
  );
  return { created: Number(rows[0]?.created ?? 0), changed: Number(rows[0]?.changed ?? 0) };
}

function namesOf({ claim, partition }: PartitionOptions) {
  return {
    from: partitionName(tableName(claim.tableId), partition),
    into: partitionName(firstLoadName(claim.uploadId), partition),
    known: partitionName(knownName(claim.uploadId), partition),
  };
}

function rowOf({ shared }: PartitionOptions): string {
  return ['customer_id', 'updated_at', 'upload_id', ...shared].join(', ');
}
