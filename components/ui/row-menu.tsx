'use client';

import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { DropdownMenu } from './dropdown-menu.tsx';

type RowMenuProps = {
  /** What the row stands for, as people call it. */
  name: string;
  /** Menu items. */
  children: ReactNode;
};

/** What can be done with one row of a list. */
export function RowMenu({ name, children }: RowMenuProps) {
  return (
    <DropdownMenu
      trigger={
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Actions for ${name}`}
          className="text-muted-foreground"
        >
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {children}
    </DropdownMenu>
  );
}
