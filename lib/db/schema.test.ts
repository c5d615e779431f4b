import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useTestDatabase } from '#lib/testing/database.ts';
import { migrationsDirectory, noFilters, readMigrations } from './migrations.ts';
import { getPool } from './pool.ts';
import { withSchemaEngine } from './schema-engine.ts';

useTestDatabase();

const schemaFile = join(migrationsDirectory, '../schema.prisma');

test('the last migration keeps the schema as it is', async () => {
  const last = (await readMigrations()).at(-1)?.name ?? '';
  const kept = await readFile(join(migrationsDirectory, last, 'schema.prisma'), 'utf8');
  expect(kept).toBe(await readFile(schemaFile, 'utf8'));
});

test('a migrated database is what the schema describes', async () => {
  const files = [{ path: 'schema.prisma', content: await readFile(schemaFile, 'utf8') }];
  const { stdout } = await withSchemaEngine(process.env['DATABASE_URL'] ?? '', (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilters,
    }),
  );
  const client = await getPool().connect();
  try {
    await client.query('CREATE SCHEMA described; SET search_path = described');
    await client.query(stdout ?? '');
    await client.query('SET search_path = pg_catalog');
    const [described, migrated] = [await shapeOf('described'), await shapeOf('public')];
    expect(described.length).toBeGreaterThan(100);
    expect(migrated).toEqual(described);
  } finally {
    client.release(true);
  }

  async function shapeOf(schema: string): Promise<string[]> {
    const { rows } = await client.query<{ line: string }>(shape, [schema]);
    return rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).toSorted();
  }
});

/** Columns, indexes and constraints, a line for each. */
const shape = `
  SELECT format('%s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN 'not null' END) || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace($1) AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT pg_get_indexdef(i.indexrelid)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = to_regnamespace($1) AND c.relname <> '_prisma_migrations'
  UNION ALL
  SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint
  WHERE connamespace = to_regnamespace($1) AND contype = 'f'`;
