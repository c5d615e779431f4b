import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Rows of the large file. */
  readonly rows: number;
  /** Only steps whose name contains this. */
  readonly only: string;
  /** Where files and database go; a temporary directory when left out. */
  readonly directory: string | null;
}

/** @example readOptions(['--rows', '1000000']) */
export function readOptions(args: readonly string[], defaultRows: number): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      only: { type: 'string' },
      directory: { type: 'string' },
    },
  });
  const rows = Number((values.rows ?? String(defaultRows)).replaceAll('_', ''));
  if (!Number.isSafeInteger(rows) || rows < 1_000)
    throw new Error('--rows takes a number from 1000.');
  return { rows, only: values.only ?? '', directory: values.directory ?? null };
}
