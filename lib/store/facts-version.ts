import type { Pool } from './pool.ts';
import { prepared } from './prepared.ts';

/**
 * SQL of the version of the facts that profiles are read and written by (docs/decisions/070-profile-api-facts.md).
 * Part of the statement that does the work, so that both are of one moment.
 */
export const factsVersion = '(SELECT version FROM "FactsVersion" WHERE id = 1)';

const statement = `SELECT ${factsVersion} AS version`;

/** @example await readFactsVersion(pool) // '42' */
export async function readFactsVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string | null }>(prepared(statement, []));
  const version = rows[0]?.version ?? null;
  if (version === null)
    throw new Error('The database does not count changes: "FactsVersion" is empty.');
  return version;
}
