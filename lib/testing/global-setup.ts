import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startDatabase } from '#lib/db/embedded/start.ts';
import { migrate } from '#lib/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    databaseUrl: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated database that every test worker clones. */
export default async function setup(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), 'opendcp-test-'));
  await chmod(directory, 0o711);
  const database = await startDatabase({
    directory: join(directory, 'postgres'),
    settings: { fsync: 'off', max_wal_size: '1GB', shared_buffers: '256MB' },
  });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query('CREATE DATABASE template_opendcp');
  await admin.end();
  await migrate(withDatabase(database.url, 'template_opendcp'));
  project.provide('databaseUrl', database.url);
  return async () => {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
