/** One line of the result; numbers are right-aligned. */
export type Cell = string | number | null;

/** Prints rows under headings, in columns. */
export function printTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = [headings, ...rows.map((row) => row.map(format))];
  const widths = headings.map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  ');
  const [head = [], ...body] = texts;
  console.log(line(head));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of body) console.log(line(row));
}

function format(cell: Cell): string {
  if (cell === null) return '-';
  if (typeof cell === 'string') return cell;
  if (cell >= 1000) return Math.round(cell).toLocaleString('en');
  return cell >= 10 ? cell.toFixed(1) : cell.toFixed(2);
}
