'use client';

import { Command } from 'cmdk';
import type { ReactNode } from 'react';

/** Entries of a list that is searched, under one heading. */
export function ListGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted-foreground"
    >
      {children}
    </Command.Group>
  );
}

type ListItemProps = { value: string; onSelect: () => void; children: ReactNode };

export function ListItem({ value, onSelect, children }: ListItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 text-sm select-none data-[selected=true]:bg-hover"
    >
      {children}
    </Command.Item>
  );
}
