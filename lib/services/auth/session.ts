import { userRole } from '../../contracts/auth.ts';
import type { UserActor } from '../actor.ts';
import { getAuth } from './auth.ts';

/** Who is signed in, by the session cookie; null when nobody is. Reads the user's role afresh. */
export async function getSessionActor(headers: Headers): Promise<UserActor | null> {
  const session = await getAuth().api.getSession({ headers, query: { disableRefresh: true } });
  return session ? toActor(session.user) : null;
}

/** Prolongs a session that is in use: the headers carry its renewed cookie, about once a day. */
export async function refreshSession(headers: Headers): Promise<Headers> {
  const refreshed = await getAuth().api.getSession({ headers, returnHeaders: true });
  return refreshed.headers;
}

interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly accountId: number;
}

function toActor(user: SessionUser): UserActor {
  return {
    kind: 'user',
    accountId: user.accountId,
    userId: user.id,
    name: user.name,
    role: userRole.parse(user.role),
  };
}
