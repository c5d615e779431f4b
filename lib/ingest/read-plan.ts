import { bindHeader, type HeaderAttribute } from '#lib/core/csv/bind-header.ts';
import type { Header } from '#lib/core/csv/header.ts';
import { readHeader } from '#lib/core/csv/read-header.ts';
import type { Position } from '#lib/core/csv/types.ts';
import type { Plan } from './checkpoint.ts';
import type { StoredFile } from './stored-file.ts';
import { UploadFailure } from './upload-failure.ts';

export interface ReadPlanOptions {
  readonly file: StoredFile;
  readonly fileName: string;
  readonly signal: AbortSignal;
  readonly table: {
    readonly name: string;
    readonly emptyCells: 'keep' | 'clear';
    readonly attributes: readonly HeaderAttribute[];
  };
}

export interface PlannedFile {
  readonly plan: Plan;
  /** Where the first row begins. */
  readonly start: Position;
}

/**
 * Reads the header and decides how the file is read.
 *
 * @throws {UploadFailure} when the header does not fit the table: nothing of the file is stored then.
 */
export async function readPlan(options: ReadPlanOptions): Promise<PlannedFile> {
  const { table } = options;
  const header = await readHeaderOf(options);
  const columns = bindHeader(header.cells, table.attributes, { tableName: table.name });
  if (!columns.ok) throw refused(columns.error);
  return {
    plan: {
      columns: [...columns.value],
      delimiter: header.delimiter,
      lineEnd: header.lineEnd,
      emptyCells: table.emptyCells,
      way: 'merge',
    },
    start: { byteOffset: header.byteLength, line: header.nextLine },
  };
}

async function readHeaderOf({ file, fileName, signal }: ReadPlanOptions): Promise<Header> {
  let start = Buffer.alloc(0);
  for await (const chunk of file.read(0, signal)) {
    start = Buffer.concat([start, chunk]);
    const header = readHeader({ start, isWhole: false, fileName });
    if (header?.ok) return header.value;
    if (header) throw refused(header.error);
  }
  const header = readHeader({ start, isWhole: true, fileName });
  if (header?.ok) return header.value;
  throw header ? refused(header.error) : new Error('The header of a whole file was not read.');
}

function refused({ code, message }: { code: string; message: string }): UploadFailure {
  return new UploadFailure({ code, message });
}
