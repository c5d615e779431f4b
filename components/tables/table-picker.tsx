'use client';

import { Combobox } from '@base-ui/react/combobox';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import { useState, type Ref } from 'react';
import { cn } from '#components/cn.ts';
import { controlStyles } from '#components/ui/control-styles.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { tableQuery, tablesQuery } from '#lib/queries/tables.ts';

const SHOWN_TABLES = 50;

type Choice = { readonly id: number | null; readonly name: string };

type TablePickerProps = {
  /** Of the chosen table; null for none. */
  value: number | null;
  onValueChange: (tableId: number | null) => void;
  /** Needed outside a Field. */
  'aria-label'?: string;
  placeholder?: string;
  /** Shown before the value, such as "Table:". */
  prefix?: string;
  /** An entry that means "none": "All". */
  noneLabel?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

/** A select that searches on the server, for accounts with any number of tables. */
export function TablePicker({
  value,
  onValueChange,
  placeholder = 'Choose a table',
  prefix,
  noneLabel,
  className,
  ref,
  'aria-label': label,
}: TablePickerProps) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const chosen = useQuery({
    ...tableQuery(value ?? 0),
    enabled: value !== null,
    refetchInterval: false,
  });
  const { data, isFetching, error } = useQuery({
    ...tablesQuery({
      search,
      page: 1,
      perPage: SHOWN_TABLES,
      status: 'all',
      sort: 'name',
      direction: 'asc',
    }),
    enabled: isOpen,
    refetchInterval: false,
  });
  const none: Choice[] =
    noneLabel === undefined || search !== '' ? [] : [{ id: null, name: noneLabel }];
  const items: Choice[] = [...none, ...(data?.items ?? []).map(({ id, name }) => ({ id, name }))];
  const selected = toChoice(value, chosen.data?.name, noneLabel);
  const hidden = (data?.total ?? 0) - (data?.items.length ?? 0);

  return (
    <Combobox.Root
      items={items}
      filter={null}
      value={selected}
      onValueChange={(choice: Choice | null) => {
        onValueChange(choice?.id ?? null);
      }}
      itemToStringLabel={({ name }: Choice) => name}
      isItemEqualToValue={(item: Choice, choice: Choice) => item.id === choice.id}
      onInputValueChange={(text, { reason }) => {
        setSearch(reason === 'item-press' ? '' : text);
      }}
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => {
        if (!open) setSearch('');
      }}
    >
      <Combobox.Trigger
        {...(ref ? { ref } : {})}
        aria-label={label}
        className={cn(
          controlStyles,
          'flex h-8 items-center justify-between gap-2 text-left data-popup-open:border-ring',
          className,
        )}
      >
        <span className="flex min-w-0 gap-1 truncate">
          {prefix !== undefined && <span className="text-muted-foreground">{prefix}</span>}
          <span className={cn('truncate', selected === null && 'text-muted-foreground')}>
            {selected?.name ?? placeholder}
          </span>
        </span>
        <Combobox.Icon className="text-muted-foreground">
          <ChevronDown aria-hidden className="size-4" />
        </Combobox.Icon>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-50 outline-hidden">
          <Combobox.Popup
            aria-label="Tables"
            className="flex max-h-[min(24rem,var(--available-height))] w-(--anchor-width) max-w-[calc(100vw-1rem)] min-w-64 origin-(--transform-origin) flex-col overflow-hidden rounded-lg border bg-popover text-sm text-foreground shadow-lg transition-[opacity,scale] duration-100 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <div className="relative border-b p-1">
              <Combobox.Input
                aria-label="Search tables"
                placeholder="Search by name or ID"
                className="h-8 w-full rounded-md bg-transparent px-2 text-sm focus-visible:-outline-offset-1 pointer-coarse:text-lg"
              />
              {isFetching && <Spinner className="absolute top-3 right-3" />}
            </div>
            <Combobox.List className="overflow-y-auto p-1 empty:hidden">
              {(item: Choice) => (
                <Combobox.Item
                  key={item.id ?? 'none'}
                  value={item}
                  className="grid grid-cols-[1fr_1rem] items-center gap-2 rounded-md px-2 py-1.5 outline-hidden select-none data-highlighted:bg-hover"
                >
                  <span className="flex min-w-0 items-baseline justify-between gap-2">
                    <span className="truncate">{item.name}</span>
                    {item.id !== null && (
                      <span className="font-mono text-xs text-muted-foreground">{item.id}</span>
                    )}
                  </span>
                  <Combobox.ItemIndicator className="col-start-2 text-brand">
                    <Check aria-hidden className="size-4" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
            <Combobox.Status className="px-3 py-1.5 text-xs text-muted-foreground empty:hidden">
              {describeList({ error, isEmpty: data?.items.length === 0, hidden })}
            </Combobox.Status>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function toChoice(
  value: number | null,
  name: string | undefined,
  noneLabel: string | undefined,
): Choice | null {
  if (value !== null) return { id: value, name: name ?? `Table ${value}` };
  return noneLabel === undefined ? null : { id: null, name: noneLabel };
}

function describeList(list: { error: Error | null; isEmpty: boolean; hidden: number }) {
  if (list.error) return list.error.message;
  if (list.isEmpty) return 'No table has this name or ID.';
  return list.hidden > 0 ? `${list.hidden} more: type to narrow the list.` : null;
}
