// npm run db:migration -- add_something: writes the SQL that leads from the last migration to prisma/schema.prisma.
// Each migration keeps the schema it led to: the engine, as WebAssembly, cannot read it back from PostgreSQL 18.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '#lib/db/embedded/start.ts';
import { migrationsDirectory, noFilters, readMigrations } from '#lib/db/migrations.ts';
import { withSchemaEngine } from '#lib/db/schema-engine.ts';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  throw new Error('Name the migration, e.g. `npm run db:migration -- add_tokens`.');
}

await mkdir(migrationsDirectory, { recursive: true });
const last = (await readMigrations()).at(-1);
const schema = await readFile('prisma/schema.prisma', 'utf8');
const asTarget = (content: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: 'schema.prisma', content }],
});

const scratch = await mkdtemp(join(tmpdir(), 'opendcp-migration-'));
const database = await startDatabase({ directory: join(scratch, 'postgres') });
const from = last
  ? asTarget(await readFile(join(migrationsDirectory, last.name, 'schema.prisma'), 'utf8'))
  : { tag: 'empty' as const };
const { stdout } = await withSchemaEngine(database.url, (engine) =>
  engine.diff({ from, to: asTarget(schema), script: true, exitCode: null, filters: noFilters }),
);
await database.stop();
await rm(scratch, { recursive: true, force: true });

if (!stdout || stdout.includes('This is an empty migration')) {
  console.log('Nothing to migrate: the schema equals the last migration.');
} else {
  const stamp = new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const folder = join(migrationsDirectory, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), stdout);
  await writeFile(join(folder, 'schema.prisma'), schema);
  await writeFile(join(migrationsDirectory, 'migration_lock.toml'), 'provider = "postgresql"\n');
  console.log(`Wrote ${folder}`);
}
