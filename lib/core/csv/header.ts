import type { Delimiter, LineEnd } from './types.ts';

/** Longest header that is read, byte-order mark included. */
export const MAX_HEADER_BYTES = 1024 * 1024;

/** PostgreSQL's own limit of columns in a table. */
export const MAX_COLUMNS = 1600;

/** What the first line of a file says. */
export interface Header {
  /** Cells as text, quotes undone, blanks around unquoted ones trimmed. */
  readonly cells: readonly string[];
  readonly delimiter: Delimiter;
  /** The header's own line end; `null` when the file ends without one. */
  readonly lineEnd: LineEnd | null;
  /** Where the first row begins: bytes from the start of the file, byte-order mark included. */
  readonly byteLength: number;
  /** 1-based line on which the first row begins. */
  readonly nextLine: number;
}

export type HeaderErrorCode =
  | 'file-empty'
  | 'file-not-utf8'
  | 'file-not-csv'
  | 'header-too-long'
  | 'header-quote-never-closed'
  | 'header-malformed'
  | 'header-too-many-columns'
  | 'header-wrong-delimiter'
  | 'header-no-customer-id'
  | 'header-empty-column'
  | 'header-duplicate-column'
  | 'header-archived-attribute'
  | 'header-unknown-column';

/** Why a whole file is refused: nothing of it is stored. */
export interface HeaderError {
  /** The gravest fault; the message names all. */
  readonly code: HeaderErrorCode;
  /** What is wrong and how to mend it, for people. */
  readonly message: string;
  /** Header names at fault, as they stand in the file. */
  readonly columns: readonly string[];
}
