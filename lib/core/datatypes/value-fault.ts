/** Why a non-empty cell is not a value of its type. */
export type CellFault =
  | 'invalid-bool'
  | 'invalid-long'
  | 'long-out-of-range'
  | 'invalid-double'
  | 'double-out-of-range'
  | 'invalid-date'
  | 'invalid-datetime'
  | 'invalid-epoch';

/** Why a text cannot be a customer ID. */
export type CustomerIdFault =
  'missing-customer-id' | 'customer-id-too-long' | 'nul-byte' | 'invalid-utf8';

/** Why a JSON value cannot be the value of an attribute. */
export type JsonValueFaultCode =
  | CellFault
  | 'invalid-string'
  | 'null-not-allowed'
  | 'empty-not-allowed'
  | 'nul-byte'
  | 'invalid-utf8'
  | 'value-too-long';
