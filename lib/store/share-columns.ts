import type { Connection } from './pool.ts';

/**
 * Gives a table that is to take another's place the columns of attributes that were registered since it was made,
 * and takes away those that are gone.
 *
 * @returns the names of the columns that both have.
 */
export async function shareColumns(
  connection: Connection,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<string[]> {
  const live = await readColumns(connection, from);
  const known = new Set((await readColumns(connection, into)).map(({ name }) => name));
  const names = live.map(({ name }) => name);
  const changes = [
    ...live.filter(({ name }) => !known.has(name)).map(({ name, type }) => `ADD ${name} ${type}`),
    ...[...known].filter((name) => !names.includes(name)).map((name) => `DROP ${name}`),
  ];
  if (changes.length > 0) await connection.query(`ALTER TABLE ${into} ${changes.join(', ')}`);
  return names;
}

async function readColumns(
  connection: Connection,
  table: string,
): Promise<{ name: string; type: string }[]> {
  const { rows } = await connection.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) ||
              CASE WHEN attcollation = 0 THEN '' ELSE ' COLLATE "C"' END AS type
     FROM pg_attribute
     WHERE attrelid = $1::regclass AND attname ~ '^a_[0-9]+$' AND NOT attisdropped`,
    [table],
  );
  return rows;
}
