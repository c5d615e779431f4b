import type { ValueType } from '../datatypes/types.ts';

/** What stands between two cells. */
export type Delimiter = ',' | '\t';

/** What stands between two rows. PostgreSQL's COPY takes one style per stream. */
export type LineEnd = '\n' | '\r\n' | '\r';

/** A header cell after it was bound to the table's attributes. */
export type Column =
  | { readonly kind: 'customer-id'; readonly name: string }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly attributeId: number;
      readonly type: ValueType;
    }
  /** `error_*` columns of a rejects file that is uploaded again: read, never stored. */
  | { readonly kind: 'ignored'; readonly name: string };

/** Where a scan stands: the first byte that is not yet part of a finished row. */
export interface Position {
  /** Bytes from the start of the (decompressed) file. */
  readonly byteOffset: number;
  /** 1-based number of the line that starts there; the header is line 1. */
  readonly line: number;
}

/** A row that was not accepted, with its first fault. */
export interface Reject {
  /** 1-based line on which the row starts. */
  readonly line: number;
  /** Bytes from the start of the (decompressed) file to the row's first byte. */
  readonly byteOffset: number;
  /** Header name of the column at fault; `null` when the fault is the row's shape. */
  readonly column: string | null;
  /** Kebab-case, from the catalogue in `reject-codes.ts`. */
  readonly code: RejectCode;
  /** The cell at fault, unquoted, cut to 200 characters; `null` when there is none. */
  readonly value: string | null;
  /**
   * The row as it stands in the file, without its line end, cut to the row limit. A view of the
   * scanned chunk: copy it, or write it out, before the chunk's memory is used again.
   */
  readonly raw: Buffer;
  /** Only for `quote-never-closed`: the line on which that quote opened. */
  readonly quoteLine?: number;
}

export const rejectCodes = [
  'invalid-bool',
  'invalid-long',
  'long-out-of-range',
  'invalid-double',
  'double-out-of-range',
  'invalid-date',
  'invalid-datetime',
  'invalid-epoch',
  'empty-not-allowed',
  'missing-customer-id',
  'customer-id-too-long',
  'too-few-cells',
  'too-many-cells',
  'stray-quote',
  'text-after-quote',
  'quote-never-closed',
  'invalid-utf8',
  'nul-byte',
  'value-too-long',
  'row-too-long',
] as const;
export type RejectCode = (typeof rejectCodes)[number];

/** Rejected rows that have the same first fault. */
export interface RejectGroup {
  readonly code: RejectCode;
  /** As in `Reject`. */
  readonly column: string | null;
  readonly rows: number;
}

/** What one chunk of bytes gave. */
export interface ScanResult {
  /**
   * Bytes for `COPY ... (FORMAT csv)` with the file's delimiter: whole rows, each with a line end of
   * the scanner's one style. Cells are the customer-id and attribute columns in the header's order;
   * cells of `ignored` columns are left out. Slices of the chunk where nothing had to be rewritten,
   * so the chunk's memory must stay untouched until these bytes were sent.
   */
  readonly accepted: readonly Buffer[];
  readonly acceptedRows: number;
  /** As `accepted`: good rows whose customer ID may have been there before. Empty without a `KeyFilter`. */
  readonly repeats: readonly Buffer[];
  readonly repeatRows: number;
  /** The customer IDs of the repeats, row by row. */
  readonly repeatIds: readonly string[];
  /** All that were rejected: one by one in `rejects`, or only counted in `rejectGroups`. */
  readonly rejectedRows: number;
  readonly rejects: readonly Reject[];
  readonly rejectGroups: readonly RejectGroup[];
}

/** Accepted, and still worth a word: counted per column, never a reason to reject. */
export interface ScanWarning {
  /** Header name of the column. */
  readonly column: string;
  /** An epoch above 99,999,999,999 seconds (year 5138) was surely meant as milliseconds. */
  readonly code: 'epoch-looks-like-milliseconds';
  /** Accepted rows with such a cell. */
  readonly rows: number;
}
