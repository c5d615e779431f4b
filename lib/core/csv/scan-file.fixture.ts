import { bindHeader, type HeaderAttribute } from './bind-header.ts';
import { readHeader } from './read-header.ts';
import type { RowLimits } from './row-limits.ts';
import { RowScanner, type RowScannerOptions } from './row-scanner.ts';
import type { Position, Reject, ScanWarning } from './types.ts';
import type { ValueType } from '../datatypes/types.ts';

/** Attributes in the order of the record's keys. */
export function attributesOf(types: Readonly<Record<string, ValueType>>): HeaderAttribute[] {
  return Object.entries(types).map(([name, type], index) => ({
    id: index + 1,
    name,
    type,
    isArchived: false,
  }));
}

export interface ScanFileOptions {
  readonly attributes?: readonly HeaderAttribute[];
  readonly fileName?: string;
  /** Lengths of the chunks after the header; the last one repeats. */
  readonly chunks?: readonly number[];
  readonly limits?: RowLimits;
}

export interface ScannedFile {
  readonly accepted: Buffer;
  readonly acceptedRows: number;
  readonly rejects: readonly Reject[];
  readonly warnings: readonly ScanWarning[];
  /** Positions after each chunk, each with what was accepted and rejected until then. */
  readonly checkpoints: readonly Checkpoint[];
  readonly options: RowScannerOptions;
}

interface Checkpoint {
  readonly position: Position;
  readonly acceptedRows: number;
  readonly acceptedBytes: number;
  readonly rejects: number;
}

/** A whole file through header, binding and scanner, as the ingest pipeline does it. */
export function scanFile(file: Buffer | string, options: ScanFileOptions = {}): ScannedFile {
  const bytes = Buffer.from(file);
  const { attributes = attributesOf({ a: 'string', b: 'string' }), fileName = 'file.csv' } =
    options;
  const header = readHeader({ start: bytes, isWhole: true, fileName });
  if (!header?.ok) throw new Error(header?.error.message);
  const columns = bindHeader(header.value.cells, attributes, { tableName: 'CRM' });
  if (!columns.ok) throw new Error(columns.error.message);
  return scanRows(
    bytes.subarray(header.value.byteLength),
    {
      columns: columns.value,
      delimiter: header.value.delimiter,
      lineEnd: header.value.lineEnd,
      position: { byteOffset: header.value.byteLength, line: header.value.nextLine },
      ...(options.limits ? { limits: options.limits } : {}),
    },
    options.chunks,
  );
}

/** The rows alone, from any position. */
export function scanRows(
  rows: Buffer,
  options: RowScannerOptions,
  chunks: readonly number[] = [rows.length],
): ScannedFile {
  const scanner = new RowScanner(options);
  const accepted: Buffer[] = [];
  const rejects: Reject[] = [];
  const checkpoints: Checkpoint[] = [];
  let acceptedRows = 0;
  const take = (result: ReturnType<RowScanner['scan']>) => {
    accepted.push(...result.accepted);
    rejects.push(...result.rejects);
    acceptedRows += result.acceptedRows;
    checkpoints.push({
      position: scanner.position,
      acceptedRows,
      acceptedBytes: accepted.reduce((sum, slice) => sum + slice.length, 0),
      rejects: rejects.length,
    });
  };
  let at = 0;
  for (let index = 0; at < rows.length; index++) {
    const length = chunks[Math.min(index, chunks.length - 1)] ?? rows.length;
    take(scanner.scan(Buffer.from(rows.subarray(at, at + length))));
    at += length;
  }
  take(scanner.finish());
  return {
    accepted: Buffer.concat(accepted),
    acceptedRows,
    rejects,
    warnings: scanner.warnings,
    checkpoints,
    options,
  };
}

/** Rejects without their buffers and nulls, short enough to be written down in a test. */
export function faults(scanned: ScannedFile): string[] {
  return scanned.rejects.map(({ line, column, code, value }) =>
    [line, column ?? '-', code, ...(value === null ? [] : [JSON.stringify(value)])].join(' '),
  );
}
