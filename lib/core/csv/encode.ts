import { guardFormula } from './formula-guard.ts';

const NEEDS_QUOTES = /[",\r\n\t]|^ | $/;

/**
 * One cell of a comma-separated file. `null` is an unquoted empty cell ("not mentioned"), the empty text a
 * quoted one; quotes are added only where a reader needs them.
 *
 * @example encodeCell('6\'1"') // '"6\'1"""'
 * @example encodeCell('') // '""'
 */
export function encodeCell(text: string | null): string {
  if (text === null) return '';
  if (text !== '' && !NEEDS_QUOTES.test(text)) return text;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * A row with its line end.
 *
 * @example encodeRow(['c1', null, 'Paris, France']) // 'c1,,"Paris, France"\n'
 */
export function encodeRow(cells: readonly (string | null)[]): string {
  return `${cells.map(encodeCell).join(',')}\n`;
}

/**
 * A row of stored values for people's spreadsheets: cells that would run as formulas are made harmless.
 *
 * @example encodeExportRow(['c1', '=1+1']) // "c1,'=1+1\n"
 */
export function encodeExportRow(cells: readonly (string | null)[]): string {
  return encodeRow(cells.map((cell) => (cell === null ? null : guardFormula(cell))));
}
