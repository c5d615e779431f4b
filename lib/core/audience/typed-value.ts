import type { ValueType } from '../datatypes/types.ts';

/**
 * A stored value in memory: `long` and all dates as bigint, exact beyond 2^53. Dates are seconds since
 * 1970-01-01T00:00:00Z, a day being its midnight.
 */
export type TypedValue = string | boolean | number | bigint;

/**
 * The value of a stored text, as PostgreSQL prints it for the column.
 *
 * @example typedValue('long', '9223372036854775807') // 9223372036854775807n
 * @example typedValue('date', '1970-01-02') // 86400n
 */
export function typedValue(type: ValueType, textFromPostgres: string): TypedValue {
  switch (type) {
    case 'string':
      return textFromPostgres;
    case 'bool':
      return textFromPostgres.startsWith('t');
    case 'long':
    case 'epoch':
      return BigInt(textFromPostgres);
    case 'double':
      return Number(textFromPostgres);
    case 'date':
      return secondsOf(`${textFromPostgres}T00:00:00Z`);
    case 'datetime':
      return secondsOf(`${textFromPostgres.slice(0, 10)}T${textFromPostgres.slice(11, 19)}Z`);
  }
}

/** @param iso date and time in UTC, years 0001 to 9999. */
export function secondsOf(iso: string): bigint {
  return BigInt(Date.parse(iso) / 1000);
}
