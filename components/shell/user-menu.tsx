'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { cn } from '#components/cn.ts';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { signOut } from '#lib/queries/session.ts';
import { DensityChoice } from './density-choice.tsx';
import { roleWords } from './roles.ts';
import { useSession } from './session.tsx';
import { ThemeChoice } from './theme-choice.tsx';

type UserMenuProps = { isCollapsed?: boolean; onShowShortcuts: () => void };

export function UserMenu({ isCollapsed = false, onShowShortcuts }: UserMenuProps) {
  const user = useSession();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      queryClient.clear();
      // A full load, so that nothing of this session stays in memory.
      window.location.assign('/sign-in');
    },
    onError: (error) => {
      toast.error('Signing out failed', error);
    },
  });
  return (
    <DropdownMenu
      side="top"
      align="start"
      className="w-60"
      trigger={
        <Button
          variant="ghost"
          aria-label={`Account of ${user.name}`}
          className={cn('h-11 w-full justify-start px-1.5', isCollapsed && 'justify-center')}
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-brand-subtle text-xs font-semibold text-brand"
          >
            {initials(user.name)}
          </span>
          {!isCollapsed && (
            <>
              <span className="flex min-w-0 flex-1 flex-col items-start leading-tight">
                <span className="max-w-full truncate text-sm">{user.name}</span>
                <span className="text-xs font-normal text-muted-foreground">
                  {roleWords[user.role].label}
                </span>
              </span>
              <ChevronsUpDown aria-hidden className="text-muted-foreground" />
            </>
          )}
        </Button>
      }
    >
      <div className="px-2 py-1.5 text-sm">
        <p className="truncate font-medium">{user.name}</p>
        <p className="truncate text-xs text-muted-foreground">{user.email}</p>
        <p className="text-xs text-muted-foreground">{roleWords[user.role].label}</p>
      </div>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <DensityChoice />
      <MenuSeparator />
      <MenuItem icon={<Keyboard aria-hidden />} onClick={onShowShortcuts}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem
        icon={<LogOut aria-hidden />}
        onClick={() => {
          leave.mutate();
        }}
      >
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words.at(0)?.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return (first + last).toUpperCase();
}
