/** Longest value shown for a rejected cell, in characters. */
const MAX_PREVIEW_LENGTH = 200;

/** Enough bytes for that many characters, doubled quotation marks included. */
const PREVIEW_BYTES = MAX_PREVIEW_LENGTH * 8;

/**
 * A rejected cell as text that can be stored and shown: cut to 200 characters, `""` made one, invalid UTF-8
 * as U+FFFD, NUL as its visible sign U+2400 (PostgreSQL stores no NUL).
 *
 * @param isDoubled the cell was quoted and holds `""`.
 */
export function cellPreview(cell: Buffer, isDoubled: boolean): string {
  const text = cell.toString('utf8', 0, Math.min(cell.length, PREVIEW_BYTES));
  const unquoted = isDoubled ? text.replaceAll('""', '"') : text;
  const visible = unquoted.includes('\0') ? unquoted.replaceAll('\0', '\u2400') : unquoted;
  if (visible.length <= MAX_PREVIEW_LENGTH) return visible;
  const cut = visible.slice(0, MAX_PREVIEW_LENGTH);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
