import { fail, ok, type Result } from '../result.ts';

/** Longest attribute name, in characters (UTF-16 units, as an input field counts them). */
const MAX_ATTRIBUTE_NAME_LENGTH = 200;

/** Columns that a rejects file adds to the original ones; no attribute may look like them. */
export const errorColumnNames = [
  'error_line',
  'error_column',
  'error_code',
  'error_message',
] as const;

type AttributeNameFaultCode =
  | 'name-empty'
  | 'name-too-long'
  | 'name-outer-blanks'
  | 'name-control-character'
  | 'name-invalid-unicode'
  | 'name-formula-start'
  | 'name-is-customer-id'
  | 'name-reserved';

export interface AttributeNameFault {
  readonly code: AttributeNameFaultCode;
  /** One sentence for the form field. */
  readonly message: string;
}

/**
 * The header column that holds customer IDs, in letters of any case.
 *
 * @example isCustomerIdName('CUSTOMERID') // true
 */
export function isCustomerIdName(name: string): boolean {
  return name.toLowerCase() === 'customerid';
}

/** @example isErrorColumnName('error_line') // true */
export function isErrorColumnName(name: string): boolean {
  return errorColumnNames.some((reserved) => reserved === name.toLowerCase());
}

/**
 * The column, in files of the built-in table, that holds the customers' IDs in another table.
 *
 * @example aliasColumnName(678) // 'alias:678'
 */
export function aliasColumnName(tableId: number): string {
  return `alias:${tableId}`;
}

/**
 * Rules for attribute names: they are case-sensitive, become CSV headers and JSON keys, and never change.
 * Spaces, hyphens, quotes and every script are fine ("Life-time value"). That a name is taken is for the
 * service to say.
 *
 * @example checkAttributeName('Life-time value') // { ok: true, value: 'Life-time value' }
 * @example checkAttributeName('customerid') // fault 'name-is-customer-id'
 */
export function checkAttributeName(name: string): Result<string, AttributeNameFault> {
  if (name.trim() === '') return fault('name-empty', 'Enter a name.');
  if (name.length > MAX_ATTRIBUTE_NAME_LENGTH) {
    return fault('name-too-long', `Use at most ${MAX_ATTRIBUTE_NAME_LENGTH} characters.`);
  }
  if (name.trim() !== name) {
    return fault('name-outer-blanks', 'Remove the blanks before or after the name.');
  }
  if (!name.isWellFormed()) return fault('name-invalid-unicode', 'The name is not valid Unicode.');
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) {
    return fault(
      'name-control-character',
      'Remove tabs, line breaks and other control characters.',
    );
  }
  if (/^'*[=+\-@]/.test(name)) {
    return fault(
      'name-formula-start',
      'A name cannot start with =, +, - or @: spreadsheets would run it as a formula.',
    );
  }
  if (isCustomerIdName(name)) {
    return fault('name-is-customer-id', `"${name}" is the column that holds the customer ID.`);
  }
  if (isErrorColumnName(name)) {
    return fault('name-reserved', `"${name}" is reserved for files of rejected rows.`);
  }
  if (/^alias:\d+$/.test(name)) {
    return fault('name-reserved', `"${name}" is the column that holds aliases.`);
  }
  return ok(name);
}

function fault(code: AttributeNameFaultCode, message: string): Result<never, AttributeNameFault> {
  return fail({ code, message });
}
