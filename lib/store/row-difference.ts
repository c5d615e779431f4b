import type { EmptyCells } from './combine-duplicates.ts';
import { differs } from './column-type.ts';
import { columnName, type StoredColumn } from './names.ts';

/**
 * SQL that is true when row `incoming` of an upload changes row `stored` of the table; false when the upload
 * brings no attribute.
 */
export function isDifferent(columns: readonly StoredColumn[], emptyCells: EmptyCells): string {
  if (columns.length === 0) return 'false';
  const cells = columns.map(({ attributeId, type }) => {
    const incoming = `incoming.${columnName(attributeId)}`;
    const isDistinct = differs(type, incoming, `stored.${columnName(attributeId)}`);
    return emptyCells === 'clear' ? isDistinct : `(${incoming} IS NOT NULL AND ${isDistinct})`;
  });
  return `(${cells.join(' OR ')})`;
}
