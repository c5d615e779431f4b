import { s3Errors, type S3Error } from './errors.ts';
import type { ObjectIndex, WriteConditions } from './ports.ts';
import type { RequestHeaders } from './request-headers.ts';

/**
 * Reads the conditional headers of a write.
 *
 * @throws NotImplemented for `If-None-Match` with an ETag, as Amazon S3 does
 */
export function parseWriteConditions(headers: RequestHeaders): WriteConditions {
  const absent = headers.get('if-none-match')?.trim();
  const over = headers.get('if-match')?.trim();
  if (absent !== undefined && absent !== '*') {
    throw s3Errors.NotImplemented('If-None-Match on a write only knows the value *.');
  }
  return {
    ...(absent === undefined ? {} : { onlyIfAbsent: true }),
    ...(over === undefined ? {} : { onlyOverEtag: unquote(over) }),
  };
}

/** Spares a client the upload of what would be refused in the end. The publishing transaction judges again. */
export async function checkBeforeWrite(options: {
  readonly objects: ObjectIndex;
  readonly key: string;
  readonly conditions: WriteConditions;
}): Promise<void> {
  const { onlyIfAbsent, onlyOverEtag } = options.conditions;
  if (!onlyIfAbsent && onlyOverEtag === undefined) return;
  const current = await options.objects.get(options.key);
  if (onlyIfAbsent && current) throw refusalOf('precondition-failed');
  if (onlyOverEtag === undefined) return;
  if (!current) throw refusalOf('no-such-key');
  if (onlyOverEtag !== '*' && onlyOverEtag !== current.etag) throw refusalOf('precondition-failed');
}

/** What a client is told whose object was not published. */
export function refusalOf(kind: 'precondition-failed' | 'no-such-key' | 'key-ended'): S3Error {
  switch (kind) {
    case 'precondition-failed':
      return s3Errors.PreconditionFailed();
    case 'no-such-key':
      return s3Errors.NoSuchKey();
    case 'key-ended':
      return s3Errors.InvalidAccessKeyId();
  }
}

/** @example unquote('"abc"') // 'abc' */
export function unquote(etag: string): string {
  return etag.replace(/^"(.*)"$/, '$1');
}
