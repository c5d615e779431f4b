import { readFileSync } from 'node:fs';

const rule = /^\|[ :|-]+\|$/;
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };

/**
 * The tables of a guide that have these headings, row by row, so that tests hold the guide to its word.
 *
 * @param headings of the columns, all of them.
 * @throws when the guide has no such table.
 */
export function readGuideTables(guide: string, headings: readonly string[]): string[][][] {
  const path = new URL(`../../docs/guides/${guide}`, import.meta.url);
  const lines = readFileSync(path, 'utf8').split('\n');
  const tables = lines.flatMap((line, index) => {
    if (!rule.test(lines[index + 1] ?? '') || splitRow(line).join('|') !== headings.join('|')) {
      return [];
    }
    const rest = lines.slice(index + 2);
    const end = rest.findIndex((row) => !row.startsWith('|'));
    return [rest.slice(0, end).map(splitRow)];
  });
  if (tables.length === 0) throw new Error(`No table ${headings.join(', ')} in ${guide}.`);
  return tables;
}

/** The rows of the guide's only table with these headings. */
export function readGuideTable(guide: string, headings: readonly string[]): string[][] {
  const [table, ...others] = readGuideTables(guide, headings);
  if (!table || others.length > 0) throw new Error(`${guide} has several such tables.`);
  return table;
}

function splitRow(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** What stands in code in a cell of the guide, piece by piece. */
export function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]*)`/g)].map(([, code = '']) => code);
}

/** The only code of a cell that has nothing else. */
export function codeOf(cell: string): string {
  const code = /^`([^`]*)`$/.exec(cell)?.[1];
  if (code === undefined) throw new Error(`Not in code: ${cell}`);
  return code;
}

/** A file as the guide writes it, with `\n`, `\r` and `\t` for the bytes. */
export function fileOf(cell: string): string {
  return codeOf(cell).replaceAll(/\\[nrt]/g, (escape) => escapes[escape] ?? escape);
}
