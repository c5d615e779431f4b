'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

type SearchedListProps = {
  label: string;
  placeholder: string;
  text: string;
  onTextChange: (text: string) => void;
  /** More may come from the server. */
  isSearching: boolean;
  /** The entry that the cursor is on, and that Enter chooses. */
  marked: string;
  onMarkedChange: (marked: string) => void;
  /** Beside the list, where there is room: more about what is marked. */
  pane?: ReactNode;
  children: ReactNode;
};

/** A field to search with, over what it finds; what is listed is up to the caller. */
export function SearchedList(props: SearchedListProps) {
  const { label, placeholder, text, onTextChange, isSearching, marked, onMarkedChange } = props;
  const list = useRef<HTMLDivElement>(null);
  // External system: what cmdk lists. Of entries that come from the server it marks none when the marked one is gone.
  useEffect(() => {
    const entries = [...(list.current?.querySelectorAll('[role="option"]') ?? [])];
    const values = entries.map((entry) => entry.getAttribute('data-value'));
    const [first] = values;
    if (first && !values.includes(marked)) onMarkedChange(first);
  });
  return (
    <Command
      label={label}
      shouldFilter={false}
      loop
      value={marked}
      onValueChange={onMarkedChange}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Command.Input
          value={text}
          onValueChange={onTextChange}
          placeholder={placeholder}
          className="h-10 w-full bg-transparent text-sm outline-hidden pointer-coarse:text-lg"
        />
      </div>
      <div className="flex min-h-0 flex-1">
        <Command.List ref={list} className="min-h-0 flex-1 scroll-py-1.5 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-sm text-muted-foreground">
            {isSearching ? 'Searching…' : `Nothing matches “${text.trim()}”.`}
          </Command.Empty>
          {props.children}
        </Command.List>
        {props.pane}
      </div>
    </Command>
  );
}
