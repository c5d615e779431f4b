'use client';

import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { Logo, LogoMark } from './logo.tsx';
import { NavigationList } from './navigation-list.tsx';
import { useIsMac } from './use-is-mac.ts';
import { UserMenu } from './user-menu.tsx';

type SidebarProps = {
  isCollapsed: boolean;
  onToggle: () => void;
  onCommandMenu: () => void;
  onShowShortcuts: () => void;
};

export function Sidebar({ isCollapsed, onToggle, onCommandMenu, onShowShortcuts }: SidebarProps) {
  const isMac = useIsMac();
  const ToggleIcon = isCollapsed ? PanelLeftOpen : PanelLeftClose;
  const toggleLabel = isCollapsed ? 'Expand sidebar' : 'Collapse sidebar';
  return (
    <aside
      aria-label="Sidebar"
      className={cn(
        'sticky top-0 flex h-dvh shrink-0 flex-col gap-3 border-r bg-canvas p-3 max-md:hidden print:hidden',
        isCollapsed ? 'w-14 items-center' : 'w-58',
      )}
    >
      <div className={cn('flex items-center justify-between gap-2', isCollapsed && 'flex-col')}>
        <Link href="/attributes" aria-label="OpenDCP, start page" className="flex rounded-md p-1">
          {isCollapsed ? <LogoMark /> : <Logo />}
        </Link>
        <Tooltip content={toggleLabel} side="right">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={toggleLabel}
            aria-expanded={!isCollapsed}
            onClick={onToggle}
            className="text-muted-foreground"
          >
            <ToggleIcon aria-hidden />
          </Button>
        </Tooltip>
      </div>
      <Button
        onClick={onCommandMenu}
        aria-label="Search or jump to"
        aria-keyshortcuts="Control+K Meta+K"
        className={cn(
          'w-full justify-start font-normal text-muted-foreground',
          isCollapsed && 'size-8 justify-center px-0',
        )}
      >
        <Search aria-hidden />
        {!isCollapsed && (
          <>
            <span className="flex-1 text-left">Jump to…</span>
            <Kbd>{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
          </>
        )}
      </Button>
      <div className="min-h-0 w-full flex-1 overflow-y-auto py-1">
        <NavigationList isCollapsed={isCollapsed} />
      </div>
      <UserMenu isCollapsed={isCollapsed} onShowShortcuts={onShowShortcuts} />
    </aside>
  );
}
