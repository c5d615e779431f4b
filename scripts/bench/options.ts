import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Rows of the large file. */
  readonly rows: number;
  /** Only steps whose name contains one of these; all when empty. */
  readonly only: readonly string[];
  /** Where files and database go; a temporary directory when left out. */
  readonly directory: string | null;
  /** Of everything that is random. */
  readonly seed: number;
}

/** @example readOptions(['--rows', '1000000']) */
export function readOptions(args: readonly string[], defaultRows: number): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      only: { type: 'string' },
      directory: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const rows = Number((values.rows ?? String(defaultRows)).replaceAll('_', ''));
  if (!Number.isSafeInteger(rows) || rows < 1_000)
    throw new Error('--rows takes a number from 1000.');
  const seed = Number(values.seed ?? 1);
  return { rows, seed, only: values.only?.split(',') ?? [], directory: values.directory ?? null };
}
