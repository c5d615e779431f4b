import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { getPool } from '#lib/db/pool.ts';
import { castType } from '#lib/store/column-type.ts';
import { benchAttributes } from './data.ts';

/** What a DBA would make for the file by hand. */
export async function createPlainTable(name: string): Promise<void> {
  const columns = benchAttributes.map((column) => `${column.name} ${castType(column.type)}`);
  await getPool().query(
    `DROP TABLE IF EXISTS ${name};
     CREATE TABLE ${name} (customer_id text COLLATE "C" NOT NULL, ${columns.join(', ')})`,
  );
}

export async function addKey(name: string): Promise<void> {
  await getPool().query(`ALTER TABLE ${name} ADD PRIMARY KEY (customer_id)`);
}

export async function dropPlainTable(name: string): Promise<void> {
  await getPool().query(`DROP TABLE IF EXISTS ${name}`);
}

/** `COPY ... FROM STDIN` of a whole file; every row has to be good. */
export async function copyFile(name: string, file: string): Promise<undefined> {
  const client = await getPool().connect();
  try {
    const copy = client.query(copyFrom(`COPY ${name} FROM STDIN (FORMAT csv, HEADER)`));
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), copy);
  } finally {
    client.release();
  }
}
