import { fail, ok, type Result } from '../result.ts';
import { checkCell } from './check-cell.ts';
import { ExactNumber } from './exact-number.ts';
import { explainFault } from './explain-fault.ts';
import { MAX_VALUE_BYTES } from './limits.ts';
import type { ValueType } from './types.ts';
import type { JsonValueFaultCode } from './value-fault.ts';

export interface JsonValueFault {
  readonly code: JsonValueFaultCode;
  /** One sentence that says what was expected; it does not repeat the value. */
  readonly message: string;
}

/**
 * Reads one attribute value of a profile write, by the same rules as a CSV cell. Numbers may come as JSON
 * numbers or as decimal text, booleans as JSON or as text, dates as text. Parse the body with
 * `parseJsonExact`, so that long numbers keep their digits.
 *
 * @param value what `parseJsonExact` gave for the attribute.
 * @returns the value as text that PostgreSQL reads for the column's type (a query parameter), or what is
 *   wrong. `null` is refused here; a caller for which it means "clear" looks first.
 * @example parseJsonValue('bool', true) // { ok: true, value: 'true' }
 * @example parseJsonValue('long', new ExactNumber('9223372036854775807')) // { ok: true, value: '9223372036854775807' }
 */
export function parseJsonValue(type: ValueType, value: unknown): Result<string, JsonValueFault> {
  if (value === null) return fault('null-not-allowed', type);
  if (type === 'string') {
    return typeof value === 'string' ? checkText(type, value) : fault('invalid-string', type);
  }
  const text = textOf(type, value);
  if (text === null) return fault(wrongKind[type], type);
  if (text === '') return fault('empty-not-allowed', type);
  const checked = checkText(type, text);
  if (!checked.ok) return checked;
  const bytes = encoder.encode(text);
  const cellFault = checkCell(type, bytes, 0, bytes.length);
  if (cellFault !== null) return fault(cellFault, type);
  return ok(type === 'bool' ? text.toLowerCase() : text);
}

const encoder = new TextEncoder();

const wrongKind = {
  bool: 'invalid-bool',
  long: 'invalid-long',
  double: 'invalid-double',
  date: 'invalid-date',
  datetime: 'invalid-datetime',
  epoch: 'invalid-epoch',
} as const;

/** The text that a CSV cell would hold for this JSON value; `null` when the JSON type does not fit. */
function textOf(type: Exclude<ValueType, 'string'>, value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (type === 'bool') return typeof value === 'boolean' ? String(value) : null;
  if (type === 'date' || type === 'datetime') return null;
  if (value instanceof ExactNumber) return value.source;
  if (typeof value !== 'number') return null;
  return Object.is(value, -0) && type === 'double' ? '-0' : String(value);
}

function checkText(type: ValueType, text: string): Result<string, JsonValueFault> {
  if (text.includes('\0')) return fault('nul-byte', type);
  if (!text.isWellFormed()) return fault('invalid-utf8', type);
  const isTooLong =
    text.length > MAX_VALUE_BYTES ||
    (text.length * 3 > MAX_VALUE_BYTES && encoder.encode(text).length > MAX_VALUE_BYTES);
  return isTooLong ? fault('value-too-long', type) : ok(text);
}

function fault(code: JsonValueFaultCode, type: ValueType): Result<never, JsonValueFault> {
  return fail({ code, message: explainFault(code, type) });
}
