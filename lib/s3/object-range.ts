/** Bytes `start` up to but without `end`. */
export interface ObjectRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a Range header for an object of `size` bytes.
 *
 * @returns null when there is no single valid range and the whole object is the answer, 'unsatisfiable' when the
 *   range lies behind its end
 * @example parseRange('bytes=-5', 12) // { start: 7, end: 12 }
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ObjectRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return null;
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}
