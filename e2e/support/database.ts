import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Product } from './product.ts';

/** A session in the product's embedded PostgreSQL, of which only the product knows the address. */
export async function openSession({ dataDir }: Product): Promise<pg.Client> {
  const directory = join(dataDir, 'postgres');
  const [, , , port] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'opendcp',
    password: (await readFile(`${directory}-password`, 'utf8')).trim(),
    database: 'postgres',
  });
  await client.connect();
  return client;
}
