import { to as copyTo } from 'pg-copy-streams';
import { firstLoadName, repeatsName } from './names.ts';
import type { Pool } from './pool.ts';

/**
 * The customer IDs of every row that a first load has stored so far, repeats included, as CSV of one column.
 *
 * @example for await (const chunk of readFirstLoadKeys(pool, 5)) scanner.scan(chunk);
 */
export async function* readFirstLoadKeys(pool: Pool, uploadId: number): AsyncGenerator<Buffer> {
  const client = await pool.connect();
  let isRead = false;
  try {
    const rows = client.query(
      copyTo(
        `COPY (SELECT customer_id FROM ${firstLoadName(uploadId)}
               UNION ALL SELECT customer_id FROM ${repeatsName(uploadId)})
         TO STDOUT (FORMAT csv, FORCE_QUOTE *, ENCODING 'UTF8')`,
      ),
    );
    yield* rows as AsyncIterable<Buffer>;
    isRead = true;
  } finally {
    client.release(!isRead);
  }
}
