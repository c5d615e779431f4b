import { factsVersion } from '../facts-version.ts';
import { columnName, tableName, type StoredColumn } from '../names.ts';
import type { Pool } from '../pool.ts';
import { prepared } from '../prepared.ts';
import { hasNoUser, rowName, userRows } from './user-rows.ts';
import type { AliasedTable, ProfileSpace } from './profile-space.ts';

/** What to read of the profiles of one table's customers. May be used for any number of them. */
export interface ProfileReading {
  readonly space: ProfileSpace;
  /** The table that customers are named by: the built-in one, or one of the space's. */
  readonly tableId: number;
  /** By table; tables that are not in it are not read. */
  readonly columns: ReadonlyMap<number, readonly StoredColumn[]>;
}

/** Values of one profile, of all its tables: texts by attribute id, as PostgreSQL prints them. */
export type ProfileValues = ReadonlyMap<number, string>;

export interface ProfilesOfCustomer {
  /** None for a customer that nothing is known of. */
  readonly profiles: readonly ProfileValues[];
  /** False when there are more users than were asked for. */
  readonly isComplete: boolean;
  /** Of the facts (see `factsVersion`), at the moment at which the rows were read. */
  readonly factsVersion: string;
}

/**
 * Reads every profile that a customer is part of: the user that they are, all users that are aliased to them, or, when
 * there is none, their own row. One statement, by indexes alone.
 *
 * @param mostUsers of which values are read.
 * @example await readProfilesOf(pool, reading, { customerId: 'c1', mostUsers: 100 })
 * // { profiles: [Map { 34 => '5' }], isComplete: true, factsVersion: '42' }
 */
export async function readProfilesOf(
  pool: Pool,
  reading: ProfileReading,
  { customerId, mostUsers }: { readonly customerId: string; readonly mostUsers: number },
): Promise<ProfilesOfCustomer> {
  const { text, attributeIds } = statementOf(reading);
  const { rows } = await pool.query<(string | null)[]>({
    ...prepared(text, [customerId, mostUsers + 1]),
    rowMode: 'array',
  });
  const profiles = rows
    .filter(([, isFound]) => isFound !== null)
    .map(([, , ...cells]) => valuesOf(attributeIds, cells));
  return {
    profiles: profiles.slice(0, mostUsers),
    isComplete: profiles.length <= mostUsers,
    factsVersion: rows[0]?.[0] ?? '',
  };
}

function valuesOf(attributeIds: readonly number[], cells: readonly (string | null)[]) {
  const values = new Map<number, string>();
  attributeIds.forEach((attributeId, index) => {
    const cell = cells[index] ?? null;
    if (cell !== null) values.set(attributeId, cell);
  });
  return values;
}

interface Statement {
  readonly text: string;
  /** In the order of the values. */
  readonly attributeIds: readonly number[];
}

const statements = new WeakMap<ProfileReading, Statement>();

function statementOf(reading: ProfileReading): Statement {
  const known = statements.get(reading);
  if (known) return known;
  const made = compile(reading);
  statements.set(reading, made);
  return made;
}

function compile({ space, tableId, columns }: ProfileReading): Statement {
  const { hubTableId, tables } = space;
  const listed = [...columns].flatMap(([owner, ofTable]) =>
    ofTable.map(({ attributeId }) => ({ owner, attributeId })),
  );
  /** Values of the tables that a branch reads; the rest are missing there. */
  const select = (isRead: (owner: number) => boolean) =>
    [
      `''::text`,
      ...listed.map(({ owner, attributeId }) =>
        isRead(owner) ? `${rowName(owner)}.${columnName(attributeId)}::text` : 'NULL',
      ),
    ]
      .map((value, index) => `${value} AS v${index}`)
      .join(', ');
  const own = tables.find((table) => table.tableId === tableId);
  const branches: string[] = [];
  if (tableId === hubTableId || own?.aliasAttributeId != null) {
    const aliased = new Set(
      tables.flatMap((table) => (table.aliasAttributeId === null ? [] : [table.tableId])),
    );
    const isRead = (owner: number) => owner === hubTableId || aliased.has(owner);
    const key = own?.aliasAttributeId == null ? 'customer_id' : columnName(own.aliasAttributeId);
    branches.push(
      `(SELECT ${select(isRead)} FROM ${userRows(space, new Set(columns.keys()))}
        WHERE ${rowName(hubTableId)}.${key} = $1 LIMIT $2)`,
    );
  }
  if (own)
    branches.push(
      ownRow(
        own,
        hubTableId,
        select((owner) => owner === tableId),
      ),
    );
  // A table that does not count has no profiles.
  if (branches.length === 0) branches.push(`SELECT ${select(() => false)} WHERE $1::text IS NULL`);
  return {
    text: `SELECT ${factsVersion}::text, profile.* FROM (VALUES (1)) AS one
           LEFT JOIN (${branches.join(' UNION ALL ')}) AS profile ON $2::int > 0`,
    attributeIds: listed.map(({ attributeId }) => attributeId),
  };
}

function ownRow(table: AliasedTable, hubTableId: number, values: string): string {
  const row = rowName(table.tableId);
  return `SELECT ${values} FROM ${tableName(table.tableId)} AS ${row}
          WHERE ${row}.customer_id = $1 AND ${hasNoUser(table, hubTableId) ?? 'TRUE'}`;
}
