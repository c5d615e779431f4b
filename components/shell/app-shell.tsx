'use client';

import { useCallback, useState, type ReactNode } from 'react';
import { TransferDock } from '#components/transfers/transfer-dock.tsx';
import { CommandMenu } from './command-menu.tsx';
import { rememberInCookie } from './cookie.ts';
import { MobileBar } from './mobile-bar.tsx';
import { ReadOnlyBanner } from './read-only-banner.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { sidebarCookie } from './sidebar-cookie.ts';
import { useShortcuts } from './use-shortcuts.ts';

type AppShellProps = { isSidebarCollapsed: boolean; children: ReactNode };

export function AppShell({ isSidebarCollapsed, children }: AppShellProps) {
  const [isCollapsed, setCollapsed] = useState(isSidebarCollapsed);
  const [isCommandMenuOpen, setCommandMenuOpen] = useState(false);
  const [areShortcutsOpen, setShortcutsOpen] = useState(false);
  const openCommandMenu = useCallback(() => {
    setCommandMenuOpen(true);
  }, []);
  const openShortcuts = useCallback(() => {
    setShortcutsOpen(true);
  }, []);
  useShortcuts({ onCommandMenu: openCommandMenu, onHelp: openShortcuts });

  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-primary px-3 py-2 text-sm font-medium text-primary-foreground focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar
        isCollapsed={isCollapsed}
        onToggle={() => {
          setCollapsed(!isCollapsed);
          rememberInCookie(sidebarCookie, isCollapsed ? 'open' : 'collapsed');
        }}
        onCommandMenu={openCommandMenu}
        onShowShortcuts={openShortcuts}
      />
      <MobileBar onCommandMenu={openCommandMenu} onShowShortcuts={openShortcuts} />
      <div className="flex min-w-0 flex-1 flex-col">
        <ReadOnlyBanner />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-7xl flex-1 flex-col gap-6 px-4 py-6 outline-hidden sm:px-8 sm:py-8"
        >
          {children}
        </main>
        <TransferDock />
      </div>
      <CommandMenu open={isCommandMenuOpen} onOpenChange={setCommandMenuOpen} />
      <ShortcutsDialog open={areShortcutsOpen} onOpenChange={setShortcutsOpen} />
    </div>
  );
}
