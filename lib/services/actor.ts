import type { UserRole } from '../contracts/auth.ts';
import type { TokenScope } from '../contracts/tokens.ts';

/** A person, through a session of the dashboard. */
export interface UserActor {
  readonly kind: 'user';
  readonly accountId: number;
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
}

/** A program, through a classic API token: the rights of its maker, as far as the scopes go. */
export interface TokenActor {
  readonly kind: 'token';
  readonly accountId: number;
  readonly userId: string;
  readonly tokenId: number;
  readonly name: string;
  readonly role: UserRole;
  readonly scopes: readonly TokenScope[];
  /** The only service that it sees; null for all of the account. */
  readonly serviceId: number | null;
}

/** OpenDCP itself: first start, workers, housekeeping. */
export interface SystemActor {
  readonly kind: 'system';
  readonly accountId: number;
  readonly name: string;
  readonly role: 'administrator';
}

/** Who asks. Every service takes it first, and sees nothing outside its account. */
export type Actor = UserActor | TokenActor | SystemActor;

export function systemActor(accountId: number): SystemActor {
  return { kind: 'system', accountId, name: 'OpenDCP', role: 'administrator' };
}
