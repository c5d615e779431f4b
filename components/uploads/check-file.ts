import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { checkHeaderBytes } from '#lib/core/csv/check-header.ts';
import type { HeaderAttribute } from '#lib/core/csv/bind-header.ts';
import { MAX_HEADER_BYTES } from '#lib/core/csv/header.ts';
import { valueTypeOf } from '#lib/core/datatypes/types.ts';
import { readStart } from './read-start.ts';

/** As the S3 endpoint counts. */
const MAX_FILE_BYTES = 10 * 1024 ** 3;

export const acceptedExtensions = ['.csv', '.tsv', '.tab', '.txt', '.gz'] as const;

export interface FileFault {
  /** `file-type`, `file-too-large`, `file-unreadable`, or a code of the header check. */
  readonly code: string;
  readonly message: string;
}

export interface TargetTable {
  readonly id: number;
  readonly name: string;
  readonly attributes: readonly AttributeResponse[];
}

/**
 * What the upload would fail with as a whole, told before a byte leaves the browser. Reads no more than
 * the file's first MiB.
 */
export async function checkFile(file: File, table: TargetTable): Promise<FileFault | null> {
  if (!acceptedExtensions.some((extension) => file.name.toLowerCase().endsWith(extension))) {
    return {
      code: 'file-type',
      message:
        'Only CSV and TSV files can be uploaded, plain or gzipped. Export the data as CSV, or rename the file if it is one.',
    };
  }
  if (file.size > MAX_FILE_BYTES) {
    return {
      code: 'file-too-large',
      message: 'A file can have at most 10 GB. Split it and upload the parts one after the other.',
    };
  }
  try {
    const start = await readStart(file, MAX_HEADER_BYTES);
    const header = checkHeaderBytes(start, {
      fileName: file.name,
      tableName: table.name,
      attributes: table.attributes.map(toHeaderAttribute),
    });
    return header.ok ? null : header.error;
  } catch {
    return {
      code: 'file-unreadable',
      message:
        'The browser cannot read the file. It may be damaged, or have been moved or changed: choose it again.',
    };
  }
}

function toHeaderAttribute({
  id,
  name,
  datatype,
  format,
  archivedAt,
}: AttributeResponse): HeaderAttribute {
  return { id, name, type: valueTypeOf(datatype, format), isArchived: archivedAt !== null };
}
