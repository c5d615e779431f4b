import { columnType } from './column-type.ts';
import { columnName, type StoredColumn } from './names.ts';

/**
 * SQL of the attributes' columns, behind others in a table to be made.
 *
 * @example columnDefinitions([{ attributeId: 34, type: 'long' }]) // ', a_34 bigint'
 */
export function columnDefinitions(columns: readonly StoredColumn[]): string {
  return columns
    .map(({ attributeId, type }) => `, ${columnName(attributeId)} ${columnType(type)}`)
    .join('');
}
