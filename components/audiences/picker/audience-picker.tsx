'use client';

import { useQuery } from '@tanstack/react-query';
import { Contact, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatNumber } from '#components/format.ts';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { useDebounced } from '#components/use-debounced.ts';
import { listAudiencesParameters } from '#lib/contracts/audiences.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import { ListGroup, ListItem } from './list-parts.tsx';
import { PickerPopover } from './picker-popover.tsx';
import { SearchedList } from './searched-list.tsx';

type AudiencePickerProps = {
  /** On the button. */
  label: string;
  projectId: number;
  /** Those that are not offered. */
  without: readonly number[];
  onPick: (audienceId: number) => void;
};

export function AudiencePicker({ label, projectId, without, onPick }: AudiencePickerProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const search = useDebounced(text.trim());
  const audiences = useQuery({
    ...audiencesQuery(
      listAudiencesParameters.parse({ search, perPage: 50, projectId: String(projectId) }),
    ),
    enabled: open,
  });
  const offered = audiences.data?.items.filter(({ id }) => !without.includes(id)) ?? [];
  return (
    <PickerPopover
      open={open}
      onOpenChange={setOpen}
      label="Choose an audience"
      className="w-[min(24rem,var(--available-width))]"
      trigger={{
        className: buttonStyles({ variant: 'outline' }),
        children: (
          <>
            <Plus aria-hidden />
            {label}
          </>
        ),
      }}
    >
      <SearchedList
        label="Audiences"
        placeholder="Search audiences"
        text={text}
        onTextChange={setText}
        isSearching={audiences.isFetching}
      >
        {offered.length > 0 && (
          <ListGroup heading="Audiences">
            {offered.map(({ id, name, size }) => (
              <ListItem
                key={id}
                value={`audience ${id}`}
                onSelect={() => {
                  setOpen(false);
                  setText('');
                  onPick(id);
                }}
              >
                <Contact aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {size && (
                  <span className="text-xs text-muted-foreground tabular-nums">
                    {formatNumber(size.size)}
                  </span>
                )}
              </ListItem>
            ))}
          </ListGroup>
        )}
      </SearchedList>
    </PickerPopover>
  );
}
