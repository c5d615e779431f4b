'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import type { UserResponse, UserRole } from '#lib/contracts/auth.ts';
import { sessionQuery } from '#lib/queries/session.ts';

const SessionContext = createContext<UserResponse | null>(null);

/** Keeps up with a role that an administrator changes while the page is open. */
export function SessionProvider({ user, children }: { user: UserResponse; children: ReactNode }) {
  const { data } = useQuery({ ...sessionQuery(), initialData: user, staleTime: 60_000 });
  return <SessionContext value={data}>{children}</SessionContext>;
}

export function useSession(): UserResponse {
  const user = use(SessionContext);
  if (!user) throw new Error('useSession needs a SessionProvider above it');
  return user;
}

const ranks: Record<UserRole, number> = { viewer: 0, editor: 1, administrator: 2 };

const reasons: Record<UserRole, string> = {
  viewer: '',
  editor: 'Viewers cannot change anything. Ask an administrator for the editor role.',
  administrator: 'Only administrators may do this.',
};

/** null when the person has the role or a higher one, else why not: for a button's `disabledReason`. */
export function useMissingRole(role: UserRole): string | null {
  const user = useSession();
  return ranks[user.role] >= ranks[role] ? null : reasons[role];
}
