import type { ObjectRecord } from './ports.ts';
import type { RequestHeaders } from './request-headers.ts';
import { unquote } from './write-conditions.ts';

/**
 * Judges the conditional headers of a read in the order of RFC 9110, section 13.2.2.
 *
 * @param prefix of the headers' names, where they speak of the source of a copy
 */
export function judgeReadConditions(
  headers: RequestHeaders,
  object: ObjectRecord,
  prefix = '',
): 'proceed' | 'not-modified' | 'precondition-failed' {
  const ifMatch = headers.get(`${prefix}if-match`);
  const ifUnmodified = parseHttpDate(headers.get(`${prefix}if-unmodified-since`));
  if (ifMatch !== undefined) {
    if (!namesEtag(ifMatch, object.etag)) return 'precondition-failed';
  } else if (ifUnmodified !== null && seconds(object.modifiedAt) > seconds(ifUnmodified)) {
    return 'precondition-failed';
  }
  const ifNoneMatch = headers.get(`${prefix}if-none-match`);
  const ifModified = parseHttpDate(headers.get(`${prefix}if-modified-since`));
  if (ifNoneMatch !== undefined) {
    return namesEtag(ifNoneMatch, object.etag) ? 'not-modified' : 'proceed';
  }
  const isUnchanged = ifModified !== null && seconds(object.modifiedAt) <= seconds(ifModified);
  return isUnchanged ? 'not-modified' : 'proceed';
}

function namesEtag(header: string, etag: string): boolean {
  const tags = header.split(',').map((tag) => unquote(tag.trim().replace(/^W\//, '')));
  return tags.includes('*') || tags.includes(etag);
}

function parseHttpDate(value: string | undefined): Date | null {
  const date = new Date(value ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

/** HTTP dates have no fractions. */
function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
