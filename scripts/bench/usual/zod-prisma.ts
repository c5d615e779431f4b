import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { getPool } from '#lib/db/pool.ts';
import { addKey, createPlainTable } from '../raw-copy.ts';

const rowsAtOnce = 1_000;

const customer = z
  .object({
    customerId: z.string().min(1),
    city: z.string(),
    plan: z.string(),
    newsletter: z.enum(['true', 'false']).transform((text) => text === 'true'),
    orders: z
      .string()
      .regex(/^-?\d+$/)
      .transform(BigInt),
    revenue: z.coerce.number(),
    birthday: z.iso.date().transform((text) => new Date(text)),
    last_visit: z.iso.datetime().transform((text) => new Date(text)),
    signed_up: z.string().regex(/^\d+$/).transform(BigInt),
  })
  .transform(({ last_visit: lastVisit, signed_up: signedUp, ...rest }) => ({
    ...rest,
    lastVisit,
    signedUp,
  }));
type Customer = z.output<typeof customer>;

interface Client {
  readonly customer: { createMany(options: { data: Customer[] }): Promise<unknown> };
  $disconnect(): Promise<void>;
}

/** A loader as it is often written: every row parsed, validated and created through an ORM. */
export async function loadWithPrisma(
  file: string,
  directory: string,
): Promise<() => Promise<undefined>> {
  await createPlainTable('created');
  await addKey('created');
  const client = await generateClient(directory);
  return async () => {
    const parser = createReadStream(file).pipe(parse({ columns: true }));
    let rows: Customer[] = [];
    for await (const row of parser) {
      rows.push(customer.parse(row));
      if (rows.length < rowsAtOnce) continue;
      await client.customer.createMany({ data: rows });
      rows = [];
    }
    if (rows.length > 0) await client.customer.createMany({ data: rows });
    await client.$disconnect();
  };
}

/** Prisma's client for the bench's own model, made where the run keeps its files. */
async function generateClient(directory: string): Promise<Client> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const source = await readFile(new URL('schema.prisma', import.meta.url), 'utf8');
  const output = join(root, '.cache/bench-prisma');
  const schema = join(directory, 'schema.prisma');
  await writeFile(
    schema,
    source.replace(
      'generator client {',
      `generator client {\n  output = ${JSON.stringify(output)}`,
    ),
  );
  execFileSync(process.execPath, [
    join(root, 'scripts/prisma.mjs'),
    'generate',
    '--schema',
    schema,
  ]);
  const { PrismaClient } = (await import(join(output, 'client.ts'))) as {
    PrismaClient: new (options: { adapter: PrismaPg }) => Client;
  };
  return new PrismaClient({ adapter: new PrismaPg(getPool()) });
}
