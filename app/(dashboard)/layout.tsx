import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { SessionProvider } from '#components/shell/session.tsx';
import { sidebarCookie } from '#components/shell/sidebar-cookie.ts';
import { getMember } from '#lib/services/members.ts';
import { requireActor } from '../require-actor.ts';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const user = await getMember(actor, actor.userId);
  const isCollapsed = (await cookies()).get(sidebarCookie)?.value === 'collapsed';
  return (
    <SessionProvider user={user}>
      <AppShell isSidebarCollapsed={isCollapsed}>{children}</AppShell>
    </SessionProvider>
  );
}
