import { fail, type Result } from '../result.ts';
import { bindHeader, type HeaderAttribute } from './bind-header.ts';
import { MAX_HEADER_BYTES, type HeaderError } from './header.ts';
import { readHeader } from './read-header.ts';
import type { Column } from './types.ts';

export interface CheckHeaderOptions {
  readonly fileName: string;
  readonly attributes: readonly HeaderAttribute[];
  readonly tableName: string;
}

/**
 * What the upload would say about a file's header, told in the browser before anything is sent. Pass the
 * file's first MiB: `new Uint8Array(await file.slice(0, MAX_HEADER_BYTES).arrayBuffer())`.
 *
 * @example checkHeaderBytes(bytes, { fileName: 'customers.csv', attributes, tableName: 'CRM' })
 */
export function checkHeaderBytes(
  start: Uint8Array,
  { fileName, attributes, tableName }: CheckHeaderOptions,
): Result<readonly Column[], HeaderError> {
  const header = readHeader({ start, isWhole: start.length < MAX_HEADER_BYTES, fileName });
  if (header === null) {
    return fail({ code: 'file-empty', message: 'The file is empty.', columns: [] });
  }
  return header.ok ? bindHeader(header.value.cells, attributes, { tableName }) : fail(header.error);
}

/**
 * The same for text, such as a header line that was pasted.
 *
 * @example checkHeaderText('customerId,ltv', { fileName: 'pasted.csv', attributes, tableName: 'CRM' })
 */
export function checkHeaderText(
  text: string,
  options: CheckHeaderOptions,
): Result<readonly Column[], HeaderError> {
  return checkHeaderBytes(new TextEncoder().encode(text), options);
}
