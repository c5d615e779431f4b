import type { UserRole } from '../contracts/auth.ts';

/** A person, through a session of the dashboard. */
export interface UserActor {
  readonly kind: 'user';
  readonly accountId: number;
  readonly userId: string;
  readonly name: string;
  readonly role: UserRole;
}

/** A program, through a classic API token; it has the rights of the person who made the token. */
export interface TokenActor {
  readonly kind: 'token';
  readonly accountId: number;
  readonly userId: string;
  readonly tokenId: number;
  readonly name: string;
  readonly role: UserRole;
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
