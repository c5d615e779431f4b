import type { Connection } from '../pool.ts';

/** SQL's `foldCase` of #lib/core/audience/fold-case.ts. */
export const foldCaseFunction = 'profiles.fold_case';

/** PostgreSQL 17 brought a collation that knows all letters and is the same on every system. */
const FIRST_WITH_BUILT_IN = 170_000;

/**
 * Creates the function that audiences compare texts with when case is ignored. Older servers fold by ICU, whose only
 * differences, İ and the final ς, are taken out on both sides.
 */
export async function createFoldCase(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  );
  const version = rows[0]?.version ?? 0;
  const collation = version >= FIRST_WITH_BUILT_IN ? 'pg_c_utf8' : 'und-x-icu';
  await connection.query(`
    CREATE OR REPLACE FUNCTION ${foldCaseFunction}(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower(translate(value, 'İ', 'i') COLLATE "${collation}"), 'ς', 'σ') COLLATE "C"`);
}
