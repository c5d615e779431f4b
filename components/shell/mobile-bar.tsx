'use client';

import { Dialog } from '@base-ui/react/dialog';
import { Menu, Search, X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { dialogBackdropStyles } from '#components/ui/dialog.tsx';
import { Logo } from './logo.tsx';
import { NavigationList } from './navigation-list.tsx';
import { UserMenu } from './user-menu.tsx';

type MobileBarProps = { onCommandMenu: () => void; onShowShortcuts: () => void };

export function MobileBar({ onCommandMenu, onShowShortcuts }: MobileBarProps) {
  const [open, setOpen] = useState(false);
  function close(): void {
    setOpen(false);
  }
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center justify-between border-b bg-canvas px-3 md:hidden print:hidden">
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger
          render={<Button variant="ghost" size="icon" aria-label="Open navigation" />}
        >
          <Menu aria-hidden />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className={dialogBackdropStyles} />
          <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col gap-4 border-r bg-canvas p-3 shadow-lg transition-[translate] duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
            <Dialog.Title className="sr-only">Navigation</Dialog.Title>
            <div className="flex items-center justify-between">
              <Logo className="p-1" />
              <Dialog.Close
                render={<Button variant="ghost" size="icon" aria-label="Close navigation" />}
              >
                <X aria-hidden />
              </Dialog.Close>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto">
              <NavigationList onNavigate={close} />
            </div>
            <UserMenu
              onShowShortcuts={() => {
                close();
                onShowShortcuts();
              }}
            />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      <Link href="/attributes" aria-label="OpenDCP, start page" className="flex rounded-md">
        <Logo />
      </Link>
      <Button variant="ghost" size="icon" aria-label="Search or jump to" onClick={onCommandMenu}>
        <Search aria-hidden />
      </Button>
    </header>
  );
}
