import {
  CustomerMatch,
  needlesOf,
  type CustomerMatchOptions,
} from '#lib/core/csv/customer-match.ts';
import { CustomerRowFinder, type CustomerRow } from '#lib/core/csv/customer-row-finder.ts';
import type { Header, HeaderErrorCode } from '#lib/core/csv/header.ts';
import { readHeader } from '#lib/core/csv/read-header.ts';
import type { Position } from '#lib/core/csv/types.ts';
import { isCustomerIdName } from '#lib/core/datatypes/attribute-name.ts';
import type { StoredFile } from './stored-file.ts';

/** Whom to look for in the files of one table. */
export type WantedCustomers = Pick<CustomerMatchOptions, 'ids' | 'aliases'>;

export interface FindCustomerRowsOptions {
  readonly file: StoredFile;
  readonly fileName: string;
  readonly wanted: WantedCustomers;
  readonly signal: AbortSignal;
}

/** The file is no text in which an ID could be looked for. */
export class UnsearchableFileError extends Error {
  constructor(cause?: unknown) {
    super('The file is no CSV text in UTF-8, or its gzip data is damaged.', { cause });
    this.name = 'UnsearchableFileError';
  }
}

/** With more IDs than these it is quicker to read every row than to look for each of them. */
const mostNeedles = 16;

const foreign: ReadonlySet<HeaderErrorCode> = new Set(['file-not-csv', 'file-not-utf8']);

/**
 * Gives the rows of an uploaded file that name a customer, good ones and bad ones, in the order of the file. A file
 * whose bytes do not hold the ID anywhere is read once, at the speed of the disk; others twice.
 *
 * @throws {UnsearchableFileError} `BlobMissingError` the signal's reason
 * @example for await (const row of findCustomerRows({ file, fileName, wanted: { ids: new Set(['c1']) }, signal })) show(row);
 */
export async function* findCustomerRows(
  options: FindCustomerRowsOptions,
): AsyncGenerator<CustomerRow> {
  try {
    yield* find(options);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new UnsearchableFileError(error);
    }
    throw error;
  }
}

async function* find(options: FindCustomerRowsOptions): AsyncGenerator<CustomerRow> {
  const { file, wanted, signal } = options;
  const ids = [wanted.ids, ...(wanted.aliases?.values() ?? [])].flatMap((set) => [...set]);
  const needles = needlesOf(ids);
  const hasFew = needles.length <= mostNeedles;
  const { header, position } = await readStart(options);
  if (hasFew && !(await holdsAny(file, needles, signal))) return;
  const delimiter = header?.delimiter ?? ',';
  const finder = new CustomerRowFinder({
    match: new CustomerMatch({ columns: header?.cells ?? null, delimiter, ...wanted }),
    delimiter,
    position,
    ...(hasFew ? { needles } : {}),
  });
  for await (const chunk of file.read(position.byteOffset, signal)) {
    yield* finder.scan(chunk);
  }
  yield* finder.finish();
}

/** What the file's first line says; a line that is no header may be a customer's row. */
async function readStart({ file, fileName, signal }: FindCustomerRowsOptions): Promise<{
  readonly header: Header | null;
  readonly position: Position;
}> {
  let start = Buffer.alloc(0);
  for await (const chunk of file.read(0, signal)) {
    start = Buffer.concat([start, chunk]);
    const header = readHeader({ start, isWhole: false, fileName });
    if (header) return toStart(header, start);
  }
  const header = readHeader({ start, isWhole: true, fileName });
  if (!header) throw new Error('The header of a whole file was not read.');
  return toStart(header, start);
}

function toStart(result: NonNullable<ReturnType<typeof readHeader>>, start: Buffer) {
  if (result.ok && result.value.cells.some(isCustomerIdName)) {
    const { byteLength, nextLine } = result.value;
    return { header: result.value, position: { byteOffset: byteLength, line: nextLine } };
  }
  if (!result.ok && foreign.has(result.error.code)) throw new UnsearchableFileError();
  const hasMark = start.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf));
  return { header: null, position: { byteOffset: hasMark ? 3 : 0, line: 1 } };
}

/** Whether one of the texts is anywhere among the bytes, also across two chunks. */
async function holdsAny(
  file: StoredFile,
  needles: readonly Buffer[],
  signal: AbortSignal,
): Promise<boolean> {
  const overlap = Math.max(...needles.map(({ length }) => length)) - 1;
  let tail = Buffer.alloc(0);
  for await (const chunk of file.read(0, signal)) {
    const seam = Buffer.concat([tail, chunk.subarray(0, overlap)]);
    if (needles.some((needle) => seam.includes(needle) || chunk.includes(needle))) return true;
    const end = Buffer.concat([tail, chunk.subarray(Math.max(0, chunk.length - overlap))]);
    tail = end.subarray(Math.max(0, end.length - overlap));
  }
  return false;
}
