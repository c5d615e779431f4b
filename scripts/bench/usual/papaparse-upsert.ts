import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { getPool } from '#lib/db/pool.ts';
import { benchAttributes } from '../data.ts';
import { addKey, createPlainTable } from '../raw-copy.ts';

const rowsAtOnce = 1_000;
const columns = ['customer_id', ...benchAttributes.map(({ name }) => name)];

/** A loader as it is often written: parsed rows, gathered into upserts of a thousand. */
export async function loadWithPapaparse(file: string): Promise<() => Promise<undefined>> {
  await createPlainTable('upserted');
  await addKey('upserted');
  return async () => {
    const parser = createReadStream(file).pipe(
      Papa.parse(Papa.NODE_STREAM_INPUT, { header: false }),
    );
    let isHeader = true;
    let rows: string[][] = [];
    for await (const row of parser as AsyncIterable<string[]>) {
      if (!isHeader) rows.push(row);
      isHeader = false;
      if (rows.length < rowsAtOnce) continue;
      await upsert(rows);
      rows = [];
    }
    if (rows.length > 0) await upsert(rows);
  };
}

async function upsert(rows: readonly string[][]): Promise<void> {
  const places = rows.map(
    (_, row) =>
      `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join()})`,
  );
  const assignments = benchAttributes.map(({ name }) => `${name} = EXCLUDED.${name}`);
  await getPool().query(
    `INSERT INTO upserted (${columns.join()}) VALUES ${places.join()}
     ON CONFLICT (customer_id) DO UPDATE SET ${assignments.join()}`,
    rows.flat(),
  );
}
