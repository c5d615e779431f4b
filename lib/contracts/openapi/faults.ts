import type { Operation } from './operation.ts';

export interface Fault {
  readonly status: number;
  readonly meaning: string;
}

const faults: readonly Fault[] = [
  { status: 400, meaning: 'The request cannot be carried out; `fields` says why.' },
  { status: 401, meaning: 'There is no token; Bearer tokens do not count.' },
  {
    status: 403,
    meaning:
      'The token is unknown, expired or revoked, or it or its owner does not have the right.',
  },
  { status: 404, meaning: 'There is no such thing, or it is not yours.' },
  { status: 413, meaning: 'The body is too large.' },
  { status: 415, meaning: 'The body is not said to be JSON.' },
  {
    status: 429,
    meaning: 'Too many requests with this token; wait as many seconds as `Retry-After` says.',
  },
  { status: 503, meaning: 'Try again in a minute.' },
];

/** What a call may be refused with. */
export function faultsOf({ body }: Operation): readonly Fault[] {
  return faults.filter(({ status }) => body !== undefined || ![413, 415].includes(status));
}
