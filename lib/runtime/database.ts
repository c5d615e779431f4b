import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '#lib/config/config.ts';
import { keepRunning, type RunningDatabase } from './keep-running.ts';

/** Starts the embedded PostgreSQL and keeps it running, or checks that the external one is there. */
export async function openDatabase(config: Config): Promise<RunningDatabase> {
  if (config.databaseUrl) {
    await requireReachable(config.databaseUrl);
    return { url: config.databaseUrl, stop: () => Promise.resolve() };
  }
  return keepRunning({ directory: join(config.dataDir, 'postgres') });
}

async function requireReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : 'no answer';
    throw new Error(
      `The database at DATABASE_URL cannot be reached (${reason}). ` +
        'Check the address, the password and that the server is running.',
      { cause: error },
    );
  }
  const { rows } = await client.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version`,
  );
  await client.end();
  const version = rows[0]?.version ?? 0;
  if (version < 15) {
    throw new Error(
      `The database at DATABASE_URL is PostgreSQL ${version}; OpenDCP needs 15 or later.`,
    );
  }
}
