import type { ValueType } from '#lib/core/datatypes/types.ts';

/** `COLLATE "C"` compares bytes: fast, the same on every system, and no two texts are "equal enough". */
export const textType = 'text COLLATE "C"';

const columnTypes = {
  string: 'text',
  bool: 'boolean',
  long: 'bigint',
  double: 'double precision',
  date: 'date',
  /** Always UTC; sessions run in UTC, so a `Z` in the text changes nothing. */
  datetime: 'timestamp',
  /** Seconds since 1970, kept as they came. */
  epoch: 'bigint',
} as const satisfies Record<ValueType, string>;

/** SQL type to cast text to. @example castType('epoch') // 'bigint' */
export function castType(type: ValueType): string {
  return columnTypes[type];
}

/** SQL type of a column definition. @example columnType('string') // 'text COLLATE "C"' */
export function columnType(type: ValueType): string {
  return type === 'string' ? textType : columnTypes[type];
}

/**
 * SQL that is true when two values of a column differ and false when they do not, NULL being a value like any other. Zero and minus
 * zero are equal to PostgreSQL, but they are two doubles, and the last one written has to be read back.
 */
export function differs(type: ValueType, left: string, right: string): string {
  const isDistinct = `${left} IS DISTINCT FROM ${right}`;
  if (type !== 'double') return isDistinct;
  return `(${isDistinct} OR (${left} = 0 AND ${left}::text <> ${right}::text) IS TRUE)`;
}
