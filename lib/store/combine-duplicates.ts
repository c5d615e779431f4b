import { castType } from './column-type.ts';
import { columnName, type StoredColumn } from './names.ts';

/** What an empty cell of an upload does to the stored value. */
export type EmptyCells = 'keep' | 'clear';

/** Digits of the order of a row, enough for any batch. */
const orderDigits = 12;

/**
 * SQL that leaves at most one row per customer in a staging partition, as if its rows had been applied one
 * after the other: with `keep`, the last value that each attribute was given; with `clear`, the last row.
 * Where no customer is there twice it costs one pass and writes nothing. Its only parameter, `$1`, holds the
 * customers to look at, `NULL` for all.
 */
export function combineDuplicates(
  partition: string,
  columns: readonly StoredColumn[],
  emptyCells: EmptyCells,
): string {
  return emptyCells === 'clear' ? keepLastRow(partition) : combineRows(partition, columns);
}

const isLookedAt = '($1::text[] IS NULL OR customer_id = ANY($1))';

function keepLastRow(partition: string): string {
  return `
    DELETE FROM ${partition} AS staged
    USING (
      SELECT customer_id, max(seq) AS last FROM ${partition}
      WHERE ${isLookedAt} GROUP BY customer_id HAVING count(*) > 1
    ) AS duplicate
    WHERE staged.customer_id = duplicate.customer_id AND staged.seq < duplicate.last`;
}

function combineRows(partition: string, columns: readonly StoredColumn[]): string {
  const names = columns.map(({ attributeId }) => `, ${columnName(attributeId)}`).join('');
  return `
    WITH duplicate AS (
      SELECT customer_id FROM ${partition}
      WHERE ${isLookedAt} GROUP BY customer_id HAVING count(*) > 1
    ), removed AS (
      DELETE FROM ${partition} AS staged USING duplicate
      WHERE staged.customer_id = duplicate.customer_id RETURNING staged.*
    )
    INSERT INTO ${partition} (customer_id, seq${names})
    SELECT customer_id, max(seq)${columns.map(lastValue).join('')}
    FROM removed GROUP BY customer_id`;
}

/**
 * The value of the latest row that has one, in constant memory however often the customer is there: the
 * greatest of "order of the row, then the value as text". Every type's text reads back as the same value.
 */
function lastValue({ attributeId, type }: StoredColumn): string {
  const ordered = `(lpad(seq::text, ${orderDigits}, '0') || ${columnName(attributeId)}::text) COLLATE "C"`;
  return `, substr(max(${ordered}), ${orderDigits + 1})::${castType(type)}`;
}
