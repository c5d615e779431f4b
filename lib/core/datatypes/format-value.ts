import { formatDatetime } from './format-json-value.ts';
import type { ValueType } from './types.ts';

/**
 * A stored value as people write it, from the text that PostgreSQL prints for the column.
 *
 * @example formatValue('datetime', '2022-05-02 10:10:59') // '2022-05-02T10:10:59Z'
 * @example formatValue('long', '9223372036854775807') // '9223372036854775807'
 */
export function formatValue(type: ValueType, textFromPostgres: string): string {
  return type === 'datetime' ? formatDatetime(textFromPostgres) : textFromPostgres;
}
