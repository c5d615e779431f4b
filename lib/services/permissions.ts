import type { UserRole } from '../contracts/auth.ts';
import type { TokenScope } from '../contracts/tokens.ts';
import { AppError, errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';

const ranks: Record<UserRole, number> = { viewer: 0, editor: 1, administrator: 2 };

export function hasRole(actor: Actor, role: UserRole): boolean {
  return ranks[actor.role] >= ranks[role];
}

/** Viewers read, editors change tables, attributes and data, administrators also services and people. */
export function requireRole(actor: Actor, role: UserRole): void {
  if (!hasRole(actor, role)) throw errors.forbidden();
}

/** Whether a token was made for this; people and OpenDCP itself have no such limits. */
export function hasScope(actor: Actor, scope: TokenScope): boolean {
  if (actor.kind !== 'token' || actor.scopes.includes(scope)) return true;
  return scope === 'read-configuration' && actor.scopes.includes('write-configuration');
}

/** @throws `missing-scope` (403) */
export function requireScope(actor: Actor, scope: TokenScope): void {
  if (hasScope(actor, scope)) return;
  throw new AppError({
    code: 'missing-scope',
    message: `This token does not have the right "${scope}". Make one that has, under Settings > API tokens.`,
    status: 403,
  });
}
