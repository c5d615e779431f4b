import { randomUUID } from 'node:crypto';
import type { UserRole } from '#lib/contracts/auth.ts';
import type { TokenScope } from '#lib/contracts/tokens.ts';
import { getDb } from '#lib/db/client.ts';
import { handleAuthRequest } from '#lib/http/auth-route.ts';
import { createUser } from '#lib/services/auth/create-user.ts';
import { clientAddressHeader } from '#lib/services/auth/client-address.ts';
import { registerToken } from '#lib/services/tokens/register-token.ts';
import { systemActor } from '#lib/services/actor.ts';
import { inTransaction } from '#lib/services/transaction.ts';

/** Where the dashboard of the tests is. */
export const testOrigin = 'http://dcp.test:3000';

interface RequestParts {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as Next hands it to a route handler. */
export function makeRequest(path: string, { method = 'GET', body, headers }: RequestParts = {}) {
  return new Request(new URL(path, testOrigin), {
    method,
    headers: {
      host: new URL(testOrigin).host,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** What Next passes beside the request. */
export function pathParams(params: Readonly<Record<string, string>>) {
  return { params: Promise.resolve(params) };
}

export interface SignedIn {
  readonly userId: string;
  /** Headers of a browser on the dashboard's own pages. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A new person of the account, signed in with a password. */
export async function signInAs(accountId: number, role: UserRole): Promise<SignedIn> {
  const email = `${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const user = await inTransaction((tx) =>
    createUser(tx, { accountId, role, name: `Some ${role}`, email, password }),
  );
  const response = await handleAuthRequest(
    makeRequest('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email, password },
      // An address of its own, because sign-in is counted by address.
      headers: { [clientAddressHeader]: randomAddress() },
    }),
  );
  return { userId: user.id, headers: { cookie: cookieOf(response), origin: testOrigin } };
}

/** The session cookie that an answer sets, as the browser sends it back. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Headers of a program with a classic token of a new person of the account. */
export async function tokenHeadersFor(
  accountId: number,
  role: UserRole,
  limits: { readonly scopes?: readonly TokenScope[]; readonly serviceId?: number } = {},
): Promise<Readonly<Record<string, string>>> {
  const token = `${randomUUID()}:1`;
  const id = randomUUID();
  const email = `${id}@example.com`;
  await getDb().user.create({ data: { id, name: `Some ${role}`, email, role, accountId } });
  await inTransaction((tx) =>
    registerToken(tx, systemActor(accountId), {
      token,
      userId: id,
      name: `Token of ${role}`,
      ...limits,
    }),
  );
  return { token };
}

function randomAddress(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(3));
  return `10.${bytes.join('.')}`;
}
