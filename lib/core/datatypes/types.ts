/** Datatypes as the REST API names them (reference section 2.5). */
export const datatypes = ['string', 'bool', 'long', 'double', 'datetime'] as const;
export type Datatype = (typeof datatypes)[number];

/** Formats of the `datetime` datatype, spelled as in the REST API. */
export const datetimeFormats = ['yyyy-mm-dd', 'yyyy-mm-ddThh:mm:ssZ', 'epoch'] as const;
export type DatetimeFormat = (typeof datetimeFormats)[number];

/** Datatype and format in one word: what a cell is checked as. */
export const valueTypes = [
  'string',
  'bool',
  'long',
  'double',
  'date',
  'datetime',
  'epoch',
] as const;
export type ValueType = (typeof valueTypes)[number];

/**
 * @example valueTypeOf('datetime', 'epoch') // 'epoch'
 * @example valueTypeOf('long', null) // 'long'
 */
export function valueTypeOf(datatype: Datatype, format: DatetimeFormat | null): ValueType {
  if (datatype !== 'datetime') return datatype;
  switch (format) {
    case 'yyyy-mm-dd':
      return 'date';
    case 'epoch':
      return 'epoch';
    default:
      return 'datetime';
  }
}
