import { errors } from '../core/errors.ts';
import type { UserRole } from '../contracts/auth.ts';
import type { Actor } from './actor.ts';

const ranks: Record<UserRole, number> = { viewer: 0, editor: 1, administrator: 2 };

export function hasRole(actor: Actor, role: UserRole): boolean {
  return ranks[actor.role] >= ranks[role];
}

/** Viewers read, editors change tables, attributes and data, administrators also services and people. */
export function requireRole(actor: Actor, role: UserRole): void {
  if (!hasRole(actor, role)) throw errors.forbidden();
}
