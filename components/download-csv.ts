import { encodeExportRow } from '#lib/core/csv/encode.ts';

type CsvFile = {
  /** Without extension. */
  name: string;
  header: readonly string[];
  rows: readonly (readonly (string | number | boolean | null)[])[];
};

/** Hands the browser a file for spreadsheets; no cell of it can run as a formula. */
export function downloadCsv({ name, header, rows }: CsvFile): void {
  const lines = [header, ...rows].map((row) =>
    encodeExportRow(row.map((cell) => (cell === null ? null : String(cell)))),
  );
  const address = URL.createObjectURL(new Blob(lines, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
