'use client';

import { memo, useCallback, useMemo, useState, type ReactNode } from 'react';
import { datatypeLooks } from '#components/attributes/datatype-badge.tsx';
import { formatNumber } from '#components/format.ts';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { formatShare } from '../format-share.ts';
import type { EditorAttribute, EditorTable } from '../model/editor-catalog.ts';
import { AttributeInsightPane } from './attribute-insight-pane.tsx';
import { ListGroup, ListItem } from './list-parts.tsx';
import { SearchedList } from './searched-list.tsx';

type AttributeListProps = {
  label: string;
  placeholder: string;
  tables: readonly EditorTable[];
  text: string;
  onTextChange: (text: string) => void;
  /** Stays the same while the list is open. */
  onPick: (attribute: EditorAttribute) => void;
  isSearching?: boolean;
  /** What is listed after the attributes. */
  children?: ReactNode;
};

/** External attributes by table, with a look at the values of the one that is marked. */
export function AttributeList(props: AttributeListProps) {
  const {
    label,
    placeholder,
    tables: all,
    text,
    onTextChange,
    onPick,
    isSearching = false,
  } = props;
  const [marked, setMarked] = useState('');
  const [isComplete, setComplete] = useState(false);
  const search = text.trim().toLowerCase();
  const { tables, hidden } = useMemo(() => {
    const matching = matchingTables(all, search);
    return isComplete ? { tables: matching, hidden: 0 } : firstOf(matching);
  }, [all, search, isComplete]);
  const showAll = useCallback(() => {
    setComplete(true);
  }, []);
  const looked = useMemo(() => attributeNamed(tables, marked), [tables, marked]);
  return (
    <SearchedList
      {...{ label, placeholder, text, onTextChange, isSearching, marked }}
      onMarkedChange={setMarked}
      pane={
        looked && (
          <div className="w-60 shrink-0 overflow-hidden border-l bg-canvas max-sm:hidden">
            <AttributeInsightPane attribute={looked} />
          </div>
        )
      }
    >
      <AttributeGroups tables={tables} onPick={onPick} />
      {hidden > 0 && (
        <ListItem value="all attributes" onSelect={showAll}>
          <span className="pl-6 text-brand">Show {formatNumber(hidden)} more attributes</span>
        </ListItem>
      )}
      {props.children}
    </SearchedList>
  );
}

type AttributeGroupsProps = Pick<AttributeListProps, 'tables' | 'onPick'>;

/** Hundreds of lines, which the cursor walking through them leaves as they are. */
const AttributeGroups = memo(function AttributeGroups({ tables, onPick }: AttributeGroupsProps) {
  return tables.map((table) => (
    <ListGroup key={table.id} heading={`External Attributes · ${table.name}`}>
      {table.attributes.map((attribute) => (
        <AttributeItem
          key={attribute.id}
          attribute={attribute}
          onPick={() => {
            onPick(attribute);
          }}
        />
      ))}
    </ListGroup>
  ));
});

function attributeNamed(
  tables: readonly EditorTable[],
  marked: string,
): EditorAttribute | undefined {
  return tables
    .flatMap(({ attributes }) => attributes)
    .find(({ id }) => `attribute ${id}` === marked);
}

/** Each word of the search must be found in the table's name, the attribute's or its description. */
function matchingTables(tables: readonly EditorTable[], search: string): readonly EditorTable[] {
  const words = search.split(/\s+/);
  return tables.flatMap((table) => {
    const attributes = table.attributes.filter(({ name, description, isArchived }) => {
      const text = [table.name, name, description ?? ''].join('\n').toLowerCase();
      return !isArchived && words.every((word) => text.includes(word));
    });
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
    <ListItem value={`attribute ${id}`} onSelect={onPick}>
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
            <ShareBar share={fillRate} className="h-1 w-10" />
            <span className="w-21 text-right">{formatShare(fillRate, 1)} filled</span>
          </span>
        )}
      </span>
    </ListItem>
  );
}
