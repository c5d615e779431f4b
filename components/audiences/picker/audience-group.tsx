'use client';

import { Contact } from 'lucide-react';
import { formatNumber } from '#components/format.ts';
import { ListGroup, ListItem } from './list-parts.tsx';
import type { FoundAudiences } from './use-found-audiences.ts';

type AudienceGroupProps = { found: FoundAudiences; onPick: (audienceId: number) => void };

/** Audiences as entries of a searched list. */
export function AudienceGroup({ found, onPick }: AudienceGroupProps) {
  if (found.audiences.length === 0) return null;
  return (
    <ListGroup heading="Audiences">
      {found.audiences.map(({ id, name, size }) => (
        <ListItem
          key={id}
          value={`audience ${id}`}
          onSelect={() => {
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
      {found.others > 0 && (
        <p className="py-1.5 pr-2 pl-8 text-xs text-muted-foreground">
          And {formatNumber(found.others)} more. Search to find them.
        </p>
      )}
    </ListGroup>
  );
}
