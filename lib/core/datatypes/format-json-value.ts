import type { ValueType } from './types.ts';

/** Longest run of digits that a JavaScript number surely holds. */
const SAFE_DIGITS = 15;

/**
 * JSON text of one stored value, from the text that PostgreSQL prints for the column. Whole numbers within
 * ±(2^53 − 1) become JSON numbers, larger ones decimal strings, so that no client loses a digit; doubles
 * keep PostgreSQL's shortest exact text; date-times end in `Z`.
 *
 * @example formatJsonValue('long', '9223372036854775807') // '"9223372036854775807"'
 * @example formatJsonValue('datetime', '2022-05-02 10:10:59') // '"2022-05-02T10:10:59Z"'
 */
export function formatJsonValue(type: ValueType, textFromPostgres: string): string {
  switch (type) {
    case 'bool':
      return textFromPostgres.startsWith('t') ? 'true' : 'false';
    case 'long':
    case 'epoch':
      return isSafeInteger(textFromPostgres) ? textFromPostgres : `"${textFromPostgres}"`;
    case 'double':
      return textFromPostgres;
    case 'datetime':
      return `"${formatDatetime(textFromPostgres)}"`;
    case 'date':
      return `"${textFromPostgres}"`;
    case 'string':
      return JSON.stringify(textFromPostgres);
  }
}

/**
 * PostgreSQL's `timestamp` (or `timestamptz` at UTC) text in the API's form.
 *
 * @example formatDatetime('2022-05-02 10:10:59') // '2022-05-02T10:10:59Z'
 */
export function formatDatetime(textFromPostgres: string): string {
  return `${textFromPostgres.slice(0, 10)}T${textFromPostgres.slice(11, 19)}Z`;
}

function isSafeInteger(text: string): boolean {
  return text.length <= SAFE_DIGITS || Number.isSafeInteger(Number(text));
}
