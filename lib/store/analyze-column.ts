import type { Connection } from './pool.ts';

/**
 * Lets the planner know how often the values of a column repeat in a table just made; without, it thinks of a
 * few hundred values, and hashes the larger table. A sample of 300 rows does, which takes a few milliseconds.
 */
export async function analyzeColumn(
  connection: Connection,
  table: string,
  column: 'customer_id' | 'upload_id',
): Promise<void> {
  await connection.query(
    `SET LOCAL default_statistics_target = 1; ANALYZE ${table} (${column});
     SET LOCAL default_statistics_target = DEFAULT`,
  );
}
