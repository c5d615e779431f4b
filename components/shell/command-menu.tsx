'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Contact, Database, Plus, Search, UserSearch } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { cn } from '#components/cn.ts';
import { dialogBackdropStyles } from '#components/ui/dialog.tsx';
import { useDebounced } from '#components/use-debounced.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { listAudiencesParameters } from '#lib/contracts/audiences.ts';
import { listTablesParameters } from '#lib/contracts/tables.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import { toQueryString } from '#lib/queries/fetch-json.ts';
import { tablesQuery } from '#lib/queries/tables.ts';
import { navigation } from './navigation.ts';
import { useMissingRole } from './session.tsx';

const actions = [
  { href: '/audiences/new', label: 'Create audience' },
  { href: '/attributes?create=table', label: 'Create table' },
] as const;

type CommandMenuProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function CommandMenu({ open, onOpenChange }: CommandMenuProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogBackdropStyles} />
        <Dialog.Popup className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[70dvh] max-w-136 flex-col overflow-hidden rounded-xl border bg-popover shadow-lg transition-[opacity,scale] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0 sm:top-[12vh]">
          <Dialog.Title className="sr-only">Command menu</Dialog.Title>
          <Commands
            onDone={() => {
              onOpenChange(false);
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const search = text.trim();
  const cannotCreate = useMissingRole('editor') !== null;
  const settled = useDebounced(search);
  const tables = useQuery(
    tablesQuery(listTablesParameters.parse({ search: settled, status: 'all', perPage: 20 })),
  );
  const audiences = useQuery(
    audiencesQuery(listAudiencesParameters.parse({ search: settled, status: 'all', perPage: 20 })),
  );

  function go(href: string): void {
    onDone();
    router.push(href);
  }

  return (
    <Command label="Commands" shouldFilter={false} loop className="flex min-h-0 flex-col">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Go to an audience, a table, a page or a customer ID…"
          className="h-12 w-full bg-transparent text-base outline-hidden pointer-coarse:text-lg"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="min-h-0 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted-foreground">
          Nothing matches.
        </Command.Empty>
        <Group heading="Pages">
          {navigation
            .flatMap((group) => group.items)
            .filter((item) => matches(item.label, search))
            .map(({ href, label, icon: Icon }) => (
              <Item key={href} value={href} onSelect={go} icon={<Icon aria-hidden />}>
                {label}
              </Item>
            ))}
        </Group>
        {!cannotCreate && (
          <Group heading="Actions">
            {actions
              .filter(({ label }) => matches(label, search))
              .map(({ href, label }) => (
                <Item key={href} value={href} onSelect={go} icon={<Plus aria-hidden />}>
                  {label}
                </Item>
              ))}
          </Group>
        )}
        <Group heading="Audiences">
          {audiences.data?.items.map((audience) => (
            <Item
              key={audience.id}
              value={`/audiences/${audience.id}`}
              onSelect={go}
              icon={<Contact aria-hidden />}
              detail={String(audience.id)}
            >
              {audience.name}
            </Item>
          ))}
        </Group>
        <Group heading="Tables">
          {tables.data?.items.map((table) => (
            <Item
              key={table.id}
              value={`/attributes/${table.id}`}
              onSelect={go}
              icon={<Database aria-hidden />}
              detail={String(table.id)}
            >
              {table.name}
            </Item>
          ))}
        </Group>
        {search !== '' && (
          <Group heading="Customer profiles">
            <Item
              value={`/profiles${toQueryString({ customerId: search })}`}
              onSelect={go}
              icon={<UserSearch aria-hidden />}
            >
              Look up customer “{search}”
            </Item>
          </Group>
        )}
      </Command.List>
    </Command>
  );
}

function matches(label: string, search: string): boolean {
  return label.toLowerCase().includes(search.toLowerCase());
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="not-has-[[cmdk-item]]:hidden **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted-foreground"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  /** The address that it goes to. */
  value: string;
  onSelect: (value: string) => void;
  icon: ReactNode;
  detail?: string;
  children: ReactNode;
};

function Item({ value, onSelect, icon, detail, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={() => {
        onSelect(value);
      }}
      className={cn(
        'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-sm select-none data-[selected=true]:bg-hover',
        '[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground',
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {detail !== undefined && (
        <code className="font-mono text-xs text-muted-foreground">{detail}</code>
      )}
    </Command.Item>
  );
}
