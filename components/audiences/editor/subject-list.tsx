'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Contact, Search } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { datatypeLooks } from '#components/attributes/datatype-badge.tsx';
import { formatNumber } from '#components/format.ts';
import { useDebounced } from '#components/use-debounced.ts';
import { listAudiencesParameters } from '#lib/contracts/audiences.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import type { EditorAttribute, EditorTable } from '../model/editor-catalog.ts';
import { formatShare } from '../format-share.ts';
import { useEditor } from './editor-context.tsx';

export type PickedSubject =
  | { readonly kind: 'attribute'; readonly attribute: EditorAttribute }
  | { readonly kind: 'audience'; readonly audienceId: number };

type SubjectListProps = { onPick: (subject: PickedSubject) => void };

/** External attributes by table, then audiences; one search for all. */
export function SubjectList({ onPick }: SubjectListProps) {
  const { catalog, audienceId, projectId } = useEditor();
  const [text, setText] = useState('');
  const search = text.trim().toLowerCase();
  const [isComplete, setComplete] = useState(false);
  const matching = useMemo(() => matchingTables(catalog.tables, search), [catalog, search]);
  const { tables, hidden } = isComplete ? { tables: matching, hidden: 0 } : firstOf(matching);
  const audiences = useQuery(
    audiencesQuery(
      listAudiencesParameters.parse({
        search: useDebounced(search),
        perPage: 20,
        ...(projectId === undefined ? {} : { projectId: String(projectId) }),
      }),
    ),
  );
  const others = audiences.data?.items.filter(({ id }) => id !== audienceId) ?? [];
  return (
    <Command
      label="Attributes and audiences"
      shouldFilter={false}
      loop
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Search attributes and audiences"
          className="h-10 w-full bg-transparent text-sm outline-hidden pointer-coarse:text-lg"
        />
      </div>
      <Command.List className="min-h-0 scroll-py-1.5 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-sm text-muted-foreground">
          {audiences.isFetching ? 'Searching…' : `Nothing matches “${text.trim()}”.`}
        </Command.Empty>
        {tables.map((table) => (
          <Group key={table.id} heading={`External Attributes · ${table.name}`}>
            {table.attributes.map((attribute) => (
              <AttributeItem
                key={attribute.id}
                attribute={attribute}
                onPick={() => {
                  onPick({ kind: 'attribute', attribute });
                }}
              />
            ))}
          </Group>
        ))}
        {hidden > 0 && (
          <Item
            value="all attributes"
            onSelect={() => {
              setComplete(true);
            }}
          >
            <span className="pl-6 text-brand">Show {formatNumber(hidden)} more attributes</span>
          </Item>
        )}
        {others.length > 0 && (
          <Group heading="Audiences">
            {others.map(({ id, name, size }) => (
              <Item
                key={id}
                value={`audience ${id}`}
                onSelect={() => {
                  onPick({ kind: 'audience', audienceId: id });
                }}
              >
                <Contact aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {size && (
                  <span className="text-xs text-muted-foreground tabular-nums">
                    {formatNumber(size.size)}
                  </span>
                )}
              </Item>
            ))}
          </Group>
        )}
      </Command.List>
    </Command>
  );
}

function matchingTables(tables: readonly EditorTable[], search: string): readonly EditorTable[] {
  return tables.flatMap((table) => {
    const isTableMeant = table.name.toLowerCase().includes(search);
    const attributes = table.attributes.filter(
      ({ name, description, isArchived }) =>
        !isArchived &&
        (isTableMeant ||
          name.toLowerCase().includes(search) ||
          description?.toLowerCase().includes(search) === true),
    );
    return attributes.length === 0 ? [] : [{ ...table, attributes }];
  });
}

/** So many are listed at once; hundreds more would make the list open slowly, and nobody reads them all. */
const LISTED_AT_FIRST = 50;

function firstOf(tables: readonly EditorTable[]): {
  readonly tables: readonly EditorTable[];
  readonly hidden: number;
} {
  const shown: EditorTable[] = [];
  let room = LISTED_AT_FIRST;
  let hidden = 0;
  for (const table of tables) {
    const attributes = table.attributes.slice(0, room);
    if (attributes.length > 0) shown.push({ ...table, attributes });
    room -= attributes.length;
    hidden += table.attributes.length - attributes.length;
  }
  return { tables: shown, hidden };
}

function AttributeItem({ attribute, onPick }: { attribute: EditorAttribute; onPick: () => void }) {
  const { id, name, description, type, fillRate } = attribute;
  const { icon: Icon, word } = datatypeLooks[type];
  return (
    <Item value={`attribute ${id}`} onSelect={onPick}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate">{name}</span>
        {description !== null && description !== '' && (
          <span className="truncate text-xs text-muted-foreground">{description}</span>
        )}
      </span>
      <span className="flex shrink-0 flex-col items-end text-xs text-muted-foreground">
        <span>{word}</span>
        {fillRate !== null && (
          <span className="flex items-center gap-1.5 tabular-nums">
            <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-muted">
              <span
                className="block h-full rounded-full bg-primary"
                style={{ width: `${fillRate * 100}%` }}
              />
            </span>
            {formatShare(fillRate, 1)} filled
          </span>
        )}
      </span>
    </Item>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:font-medium **:[[cmdk-group-heading]]:text-muted-foreground"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = { value: string; onSelect: () => void; children: ReactNode };

function Item({ value, onSelect, children }: ItemProps) {
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
