import { s3Errors, type S3Error } from './errors.ts';

const longestKeyBytes = 1024;

/**
 * What is wrong with a key, apart from who may use it; null when nothing is. Segments `.` and `..` and control
 * characters are refused: no file needs them, and whoever maps a key to a path elsewhere would be led astray.
 */
export function checkKey(key: string): S3Error | null {
  if (Buffer.byteLength(key) > longestKeyBytes) return s3Errors.KeyTooLongError();
  if (/\p{Cc}/u.test(key)) return s3Errors.InvalidURI('A key cannot contain control characters.');
  if (key.split('/').some((segment) => segment === '.' || segment === '..')) {
    return s3Errors.InvalidURI("A key cannot contain the segments '.' and '..'.");
  }
  return null;
}

/**
 * Whether an object is a file to load, rather than a folder marker (`exports/`) or a file that a computer hides and its
 * owner did not mean to send (`.DS_Store`, `._customers.csv`, `.git/config`).
 *
 * @example isIngestible('dcp/1/2/customers.csv') // true
 */
export function isIngestible(key: string): boolean {
  const segments = key.split('/');
  return segments.at(-1) !== '' && !segments.some((segment) => segment.startsWith('.'));
}
