'use client';

import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from './button.tsx';
import { Input } from './input.tsx';

type SearchInputProps = {
  /** "Search tables": label and placeholder. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
};

/** The `/` key jumps to the first one on the page (see components/shell/shortcuts.tsx). */
export function SearchInput({ label, value, onValueChange, className }: SearchInputProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div role="search" className={cn('relative w-full sm:w-64', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
      />
      <Input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onValueChange={onValueChange}
        data-search-input=""
        aria-keyshortcuts="/"
        className="px-8"
      />
      {value !== '' && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Clear search"
          onClick={() => {
            onValueChange('');
            input.current?.focus();
          }}
          className="absolute top-1 right-1 size-6 text-muted-foreground"
        >
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
}
