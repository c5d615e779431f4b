import type { Connection } from './pool.ts';

/** @param table with its schema. @example await tableExists(connection, 'profiles.t_12') // true */
export async function tableExists(connection: Connection, table: string): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [table],
  );
  return rows[0]?.found === true;
}
