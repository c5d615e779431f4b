import {
  CASE_BIT,
  COLON,
  DOT,
  LOWER_E,
  MINUS,
  NINE,
  PLUS,
  UPPER_T,
  UPPER_Z,
  ZERO,
} from './ascii.ts';
import { MAX_LONG } from './limits.ts';

/*
 * One function per typed datatype: where does the value that starts here end? Each answers the index
 * of the first byte after a valid, in-range value, or -1 when none starts there. The CSV scanner calls
 * them between two delimiters, `checkCell` on a whole cell; nothing is allocated on the usual path.
 * Readings: docs/guides/csv-format.md, "Datatypes".
 */

/** Doubles this short and without an exponent can neither overflow nor underflow. */
const SURELY_FINITE_DIGITS = 300;
const SURELY_FINITE_MANTISSA = 200;
const SURELY_FINITE_EXPONENT_DIGITS = 2;

const MAX_LONG_BYTES = Uint8Array.from(MAX_LONG, (digit) => digit.charCodeAt(0));

const DAYS_IN_MONTH = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** `true` or `false`, letters of any case. */
export function endOfBool(bytes: Uint8Array, start: number): number {
  if (start + 4 > bytes.length) return -1;
  const word =
    ((bytes[start] ?? 0) << 24) |
    ((bytes[start + 1] ?? 0) << 16) |
    ((bytes[start + 2] ?? 0) << 8) |
    (bytes[start + 3] ?? 0) |
    0x20202020;
  if (word === 0x74727565) return start + 4; // true
  if (word !== 0x66616c73 || start + 5 > bytes.length) return -1; // fals
  return ((bytes[start + 4] ?? 0) | CASE_BIT) === LOWER_E ? start + 5 : -1;
}

/** Decimal digits, at most 2^63 − 1; leading zeros allowed. */
function endOfDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at++;
  const digits = at - start;
  if (digits === 0) return -1;
  if (digits < MAX_LONG.length) return at;
  return isWithinLong(bytes, start, at) ? at : -1;
}

function isWithinLong(bytes: Uint8Array, start: number, end: number): boolean {
  let from = start;
  while (from < end && bytes[from] === ZERO) from++;
  const digits = end - from;
  if (digits !== MAX_LONG.length) return digits < MAX_LONG.length;
  for (let index = 0; index < digits; index++) {
    const difference = (bytes[from + index] ?? 0) - (MAX_LONG_BYTES[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** An optional `-`, then digits: ±(2^63 − 1). */
export function endOfLong(bytes: Uint8Array, start: number): number {
  return endOfDigits(bytes, bytes[start] === MINUS ? start + 1 : start);
}

/** Digits: 0 to 2^63 − 1 seconds. */
export function endOfEpoch(bytes: Uint8Array, start: number): number {
  return endOfDigits(bytes, start);
}

/** A finite decimal number, exponent allowed; neither infinite nor rounded to zero as IEEE double. */
export function endOfDouble(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const mantissa = at;
  while (isDigit(bytes[at] ?? 0)) at++;
  let digits = at - mantissa;
  if (bytes[at] === DOT) {
    const fraction = ++at;
    while (isDigit(bytes[at] ?? 0)) at++;
    digits += at - fraction;
  }
  if (digits === 0) return -1;
  if (((bytes[at] ?? 0) | CASE_BIT) !== LOWER_E) {
    return digits <= SURELY_FINITE_DIGITS || isDoubleInRange(bytes, start, at) ? at : -1;
  }
  const sign = bytes[++at];
  if (sign === MINUS || sign === PLUS) at++;
  const exponent = at;
  while (isDigit(bytes[at] ?? 0)) at++;
  if (at === exponent) return -1;
  const isSurelyFinite =
    at - exponent <= SURELY_FINITE_EXPONENT_DIGITS && digits <= SURELY_FINITE_MANTISSA;
  return isSurelyFinite || isDoubleInRange(bytes, start, at) ? at : -1;
}

/** PostgreSQL refuses literals that round to infinity, and non-zero ones that round to zero. */
function isDoubleInRange(bytes: Uint8Array, start: number, end: number): boolean {
  const literal = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const value = Number(literal);
  if (value !== 0) return Number.isFinite(value);
  return !/^[^eE]*[1-9]/.test(literal);
}

/** Two decimal digits as a number, or -1. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO;
  const ones = (bytes[at + 1] ?? 0) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** `YYYY-MM-DD`, a day of the calendar in the years 0001 to 9999. */
export function endOfDate(bytes: Uint8Array, start: number): number {
  if (start + 10 > bytes.length) return -1;
  if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return -1;
  const century = twoDigits(bytes, start);
  const yearOfCentury = twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  if ((century | yearOfCentury) < 0 || month < 1 || month > 12 || day < 1) return -1;
  const year = century * 100 + yearOfCentury;
  if (year === 0) return -1;
  if (day <= (DAYS_IN_MONTH[month] ?? 0)) return start + 10;
  return month === 2 && day === 29 && isLeapYear(year) ? start + 10 : -1;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `YYYY-MM-DDThh:mm:ss` and an optional `Z`; always UTC; no leap seconds, no 24:00:00. */
export function endOfDatetime(bytes: Uint8Array, start: number): number {
  if (start + 19 > bytes.length || endOfDate(bytes, start) < 0) return -1;
  if (bytes[start + 10] !== UPPER_T) return -1;
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return -1;
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return -1;
  return start + 19 < bytes.length && bytes[start + 19] === UPPER_Z ? start + 20 : start + 19;
}
