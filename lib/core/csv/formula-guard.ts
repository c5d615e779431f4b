import { CARRIAGE_RETURN, MINUS, PLUS, TAB } from '../datatypes/ascii.ts';

/*
 * Spreadsheets run cells that begin with =, +, -, @, tab or carriage return. An exported cell of that form
 * gets one apostrophe in front, and so does one that already has apostrophes there, so that taking one away
 * gives back exactly what was exported. Plain numbers such as -2.5 are no formulas and stay.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

const APOSTROPHE = 0x27;
const EQUALS = 0x3d;
const AT_SIGN = 0x40;

/**
 * Makes a text harmless as a spreadsheet cell.
 *
 * @example guardFormula('=1+1') // "'=1+1"
 * @example guardFormula('-2.5') // '-2.5'
 */
export function guardFormula(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/**
 * Undoes `guardFormula`.
 *
 * @example unguardFormula("'=1+1") // '=1+1'
 */
export function unguardFormula(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

/**
 * The same for a cell in bytes: where the unguarded text of `bytes[start..end)` begins.
 *
 * @example startOfUnguarded(Buffer.from("'=1"), 0, 3) // 1
 */
export function startOfUnguarded(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || bytes[start] !== APOSTROPHE) return start;
  let at = start + 1;
  while (at < end && bytes[at] === APOSTROPHE) at++;
  return at < end && startsFormula(bytes[at] ?? 0) ? start + 1 : start;
}

function startsFormula(byte: number): boolean {
  switch (byte) {
    case EQUALS:
    case PLUS:
    case MINUS:
    case AT_SIGN:
    case TAB:
    case CARRIAGE_RETURN:
      return true;
    default:
      return false;
  }
}
