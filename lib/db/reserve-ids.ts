import { getDb } from './client.ts';

/**
 * Takes ids that no row will get otherwise. A physical table or column is named by its id and has to be
 * there before the row that makes it visible; a secret is encrypted for the row that it belongs to.
 */
export async function reserveIds(
  model: 'Table' | 'Attribute' | 'ApiToken' | 'Webhook' | 'PrivacyRequest',
  count: number,
): Promise<number[]> {
  const rows = await getDb().$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence(${`"${model}"`}, 'id'))::int AS id
    FROM generate_series(1, ${count}::int)`;
  return rows.map((row) => row.id);
}
