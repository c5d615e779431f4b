import { getPool } from '#lib/db/pool.ts';
import type { BenchWorld } from './world.ts';

const names = ['city', 'plan', 'newsletter', 'orders', 'revenue', 'birthday'];

/** The customers once more, as many products keep them: one JSONB column with a GIN index. */
export async function createJsonProfiles({ customers }: BenchWorld): Promise<void> {
  const started = performance.now();
  const members = names.map((name) => `'${name}', ${customers.column(name)}`).join(', ');
  const client = await getPool().connect();
  try {
    await client.query(`SET maintenance_work_mem = '1GB'`);
    await client.query('CREATE TABLE json_profiles (customer_id text, data jsonb)');
    await client.query(
      `INSERT INTO json_profiles
       SELECT customer_id, jsonb_strip_nulls(jsonb_build_object(${members})) FROM ${customers.table}`,
    );
    await client.query('CREATE INDEX ON json_profiles USING gin (data jsonb_path_ops)');
    await client.query('VACUUM (ANALYZE) json_profiles');
    await client.query('CHECKPOINT');
  } finally {
    client.release(true);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`The same as JSONB with a GIN index: ${seconds} s.`);
}

/** The trees of one table, by name: equality through the index, the rest by reading the value. */
export const jsonTrees: Readonly<Record<string, string>> = {
  '1 rule': `SELECT count(*) AS size FROM json_profiles WHERE data @> '{"city": "Berlin"}'`,
  '5 rules': `SELECT count(*) AS size FROM json_profiles
    WHERE (data @> '{"city": "Berlin"}' OR data @> '{"city": "Oslo"}') AND (data->>'orders')::bigint >= 500
    AND ((data->>'revenue')::float8 < 5000 OR data->>'birthday' > '1970-01-01') AND data->>'plan' <> 'free'`,
  '20 rules': `SELECT count(*) AS size FROM json_profiles WHERE ${[
    'Berlin',
    'Oslo',
    'Nice',
    'Delhi',
  ]
    .map((city, index) => {
      const plan = ['free', 'basic', 'premium', 'free'][index];
      return `(data @> '{"city": "${city}"}' AND (data->>'orders')::bigint >= ${500 + index * 700}
        AND ((data->>'revenue')::float8 < ${5000 + index} OR data->>'birthday' > '19${70 + index}-01-01')
        AND data->>'plan' <> '${plan}')`;
    })
    .join(' OR ')}`,
};
