import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { getDb } from '#lib/db/client.ts';
import { endPools } from '#lib/db/pool.ts';

/**
 * Gives the test file a migrated database of its own, as DATABASE_URL.
 * Call it once at the top level of the file.
 */
export function useTestDatabase(): void {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = inject('databaseUrl');

  beforeAll(async () => {
    await runAsAdmin(server, `CREATE DATABASE ${name} TEMPLATE template_opendcp`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    process.env['DATABASE_URL'] = url.href;
  });

  afterAll(async () => {
    await getDb().$disconnect();
    await endPools();
    await runAsAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
}

async function runAsAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
