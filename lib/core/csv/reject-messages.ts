import { explainCustomerIdFault, explainFault } from '../datatypes/explain-fault.ts';
import type { ValueType } from '../datatypes/types.ts';
import type { Column, Reject, RejectCode } from './types.ts';

/** What a message needs to know of a rejected row; a `Reject` does. */
export type RejectFacts = Pick<Reject, 'code' | 'column' | 'quoteLine'>;

/**
 * Why a row was rejected and what is expected instead, for people. The value itself is shown beside it, not
 * in it.
 *
 * @param columns the upload's columns, which know the datatypes.
 * @example rejectMessage({ code: 'invalid-bool', column: 'vip' }, columns)
 * // 'Expected true or false, in letters of any case.'
 */
export function rejectMessage(reject: RejectFacts, columns: readonly Column[]): string {
  const column = columns.find(({ name }) => name === reject.column);
  const type: ValueType = column?.kind === 'attribute' ? column.type : 'string';
  switch (reject.code) {
    case 'missing-customer-id':
    case 'customer-id-too-long':
      return explainCustomerIdFault(reject.code);
    case 'empty-not-allowed':
      return 'An empty cell in quotes is a text. Leave the cell empty without quotes to keep the stored value.';
    case 'too-few-cells':
      return `The row has fewer cells than the header, which has ${columns.length}.`;
    case 'too-many-cells':
      return `The row has more cells than the header, which has ${columns.length}. Put values that hold a delimiter in quotes.`;
    case 'stray-quote':
      return 'A quotation mark stands inside a cell that is not quoted. Put the whole cell in quotes and write the mark twice.';
    case 'text-after-quote':
      return 'Text follows the closing quotation mark. Quotation marks inside a quoted cell are written twice.';
    case 'quote-never-closed':
      return `${reject.quoteLine === undefined ? 'A quotation mark' : `A quotation mark on line ${reject.quoteLine}`} opens a cell that never closes, so the rest of the file belongs to it. Nothing after it was read.`;
    case 'row-too-long':
      return 'The row is longer than 4 MiB.';
    default:
      return explainFault(reject.code, type);
  }
}

/** Short names of the codes, for headings and filters. */
export const rejectTitles: Readonly<Record<RejectCode, string>> = {
  'invalid-bool': 'Not true or false',
  'invalid-long': 'Not a whole number',
  'long-out-of-range': 'Whole number out of range',
  'invalid-double': 'Not a decimal number',
  'double-out-of-range': 'Decimal number out of range',
  'invalid-date': 'Not a date',
  'invalid-datetime': 'Not a date with time',
  'invalid-epoch': 'Not an epoch timestamp',
  'empty-not-allowed': 'Empty text in quotes',
  'missing-customer-id': 'Customer ID missing',
  'customer-id-too-long': 'Customer ID too long',
  'too-few-cells': 'Too few cells',
  'too-many-cells': 'Too many cells',
  'stray-quote': 'Quotation mark inside a cell',
  'text-after-quote': 'Text after a closing quotation mark',
  'quote-never-closed': 'Quotation mark never closed',
  'invalid-utf8': 'Not UTF-8 text',
  'nul-byte': 'NUL character',
  'value-too-long': 'Value too long',
  'row-too-long': 'Row too long',
};
