import { CARRIAGE_RETURN, LINE_FEED } from '../datatypes/ascii.ts';
import { fail, ok, type Result } from '../result.ts';
import { refuseForeignFile } from './foreign-file.ts';
import {
  MAX_COLUMNS,
  MAX_HEADER_BYTES,
  type Header,
  type HeaderError,
  type HeaderErrorCode,
} from './header.ts';
import { splitHeader, type SplitHeader } from './split-header.ts';
import type { Delimiter } from './types.ts';

export interface ReadHeaderOptions {
  /** The (decompressed) file's first bytes. */
  readonly start: Uint8Array;
  /** True when `start` is the whole file. */
  readonly isWhole: boolean;
  /** `.tsv` and `.tab` mean tabs; any other name leaves the choice to the header line. */
  readonly fileName: string;
}

/** No signature of a foreign file, and no byte-order mark, is longer. */
const LONGEST_SIGNATURE = 4;

/**
 * Reads the header of a CSV or TSV file. Runs in Node and in browsers.
 *
 * @returns `null` when more bytes are needed (call again with more, from the file's start; 1 MiB always
 *   suffices), else the header, or why the file is refused.
 * @example readHeader({ start: Buffer.from('customerId,ltv\n'), isWhole: false, fileName: 'a.csv' })
 * // { ok: true, value: { cells: ['customerId', 'ltv'], delimiter: ',', lineEnd: '\n', byteLength: 15, nextLine: 2 } }
 */
export function readHeader(options: ReadHeaderOptions): Result<Header, HeaderError> | null {
  const bytes = options.start.subarray(0, MAX_HEADER_BYTES);
  const isWhole = options.isWhole && bytes.length === options.start.length;
  const canWait = !isWhole && bytes.length < MAX_HEADER_BYTES;
  if (canWait && bytes.length < LONGEST_SIGNATURE) return null;
  const foreign = refuseForeignFile(bytes);
  if (foreign) return fail(foreign);

  const { from, line } = skipEmptyLines(bytes);
  if (from === bytes.length && isWhole) {
    return refuse('file-empty', 'The file is empty. Its first line must name the columns.');
  }
  const readings = delimitersFor(options.fileName).map((delimiter) =>
    splitHeader({ bytes, from, limit: bytes.length, delimiter, isWhole }),
  );
  if (canWait && readings.some(({ end }) => end !== 'found')) return null;
  return toHeader(bytes, readings.reduce(betterOf), line);
}

/** Empty lines before the header are skipped like those after it; so is the byte-order mark. */
function skipEmptyLines(bytes: Uint8Array): { from: number; line: number } {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  for (; from < bytes.length; from++) {
    const byte = bytes[from];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[from + 1] !== LINE_FEED)) line++;
    else if (byte !== CARRIAGE_RETURN) break;
  }
  return { from, line };
}

function delimitersFor(fileName: string): readonly Delimiter[] {
  return /\.(tsv|tab)(\.gz)?$/i.test(fileName) ? ['\t'] : [',', '\t'];
}

/** The reading that finds a customer ID wins, then the one with more columns, then the comma. */
function betterOf(first: SplitHeader, second: SplitHeader): SplitHeader {
  if (first.hasCustomerId !== second.hasCustomerId) return first.hasCustomerId ? first : second;
  return second.cells.length > first.cells.length ? second : first;
}

function toHeader(
  bytes: Uint8Array,
  reading: SplitHeader,
  line: number,
): Result<Header, HeaderError> {
  if (reading.end === 'missing') {
    return refuse(
      'header-too-long',
      'The first line is longer than 1 MiB, so it cannot be a header. Check that lines end with a line break.',
    );
  }
  if (!isUtf8Text(bytes.subarray(0, reading.end === 'found' ? reading.next : 0))) {
    return refuse(
      'file-not-utf8',
      'The header is not UTF-8 text. Save the file as "CSV UTF-8" and upload it again.',
    );
  }
  if (reading.end === 'open-quote') {
    return refuse(
      'header-quote-never-closed',
      'A quotation mark in the header is never closed. Close it, or write it twice where it belongs to a name.',
    );
  }
  if (reading.isMalformed) {
    return refuse(
      'header-malformed',
      'A name in the header has a quotation mark in its middle. Put the whole name in quotes and write the mark twice.',
    );
  }
  if (reading.cells.length > MAX_COLUMNS) {
    return refuse(
      'header-too-many-columns',
      `The header has ${reading.cells.length} columns; at most ${MAX_COLUMNS} can be read.`,
    );
  }
  return ok({
    cells: reading.cells,
    delimiter: reading.delimiter,
    lineEnd: reading.lineEnd,
    byteLength: reading.next,
    nextLine: line + reading.extraLines + (reading.lineEnd === null ? 0 : 1),
  });
}

function isUtf8Text(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function refuse(code: HeaderErrorCode, message: string): Result<never, HeaderError> {
  return fail({ code, message, columns: [] });
}
