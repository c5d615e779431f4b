import pg from 'pg';
import { noFilters, readMigrations, toMigrationsList } from './migrations.ts';
import { withSchemaEngine } from './schema-engine.ts';

/** Arbitrary, but the same for every node: only one migrates, the others wait for it. */
const migrationLock = 0x0dc9;

/** Brings the database's schema up to date; several nodes may call it at once. */
export async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const migrations = await readMigrations();
    const applied = await readApplied(client);
    refuseNewer(
      applied,
      migrations.map((migration) => migration.name),
    );
    if (migrations.every((migration) => applied.has(migration.name))) return;
    const migrationsList = toMigrationsList(migrations);
    await withSchemaEngine(connectionString, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilters }),
    );
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<Set<string>> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS found`,
  );
  if (!tables[0]?.found) return new Set();
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Set(rows.map((row) => row.migration_name));
}

function refuseNewer(applied: ReadonlySet<string>, known: readonly string[]): void {
  const unknown = [...applied].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database was migrated by a newer OpenDCP (${unknown.join(', ')}). Start that version or a later one.`,
  );
}
