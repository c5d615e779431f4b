import { randomUUID } from 'node:crypto';

/** The caller's `x-request-id` when it is fit for a log line, else a new UUID. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id');
  return given && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
