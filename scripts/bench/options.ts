import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Rows of the large file. */
  readonly rows: number;
  /** Only steps whose name contains one of these; all when empty. */
  readonly only: readonly string[];
  /** Where files and database go; a temporary directory when left out. */
  readonly directory: string | null;
}

/**
 * @param own numbers that only this bench takes, with what they are unless told
 * @example readOptions(['--rows', '1_000_000', '--rounds', '1'], 10_000_000, { rounds: 3 })
 */
export function readOptions<Name extends string = never>(
  args: readonly string[],
  defaultRows: number,
  own: Readonly<Record<Name, number>> = {} as Readonly<Record<Name, number>>,
): BenchOptions & Readonly<Record<Name, number>> {
  const names = Object.keys(own) as Name[];
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      ['rows', 'only', 'directory', ...names].map((name) => [name, { type: 'string' as const }]),
    ),
  });
  const text = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: string, usual: number, least: number) => {
    const value = Number((text(name) ?? String(usual)).replaceAll('_', ''));
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new Error(`--${name} takes a number from ${least}.`);
  };
  return {
    ...(Object.fromEntries(names.map((name) => [name, number(name, own[name], 1)])) as Record<
      Name,
      number
    >),
    rows: number('rows', defaultRows, 1_000),
    only: text('only')?.split(',') ?? [],
    directory: text('directory') ?? null,
  };
}
