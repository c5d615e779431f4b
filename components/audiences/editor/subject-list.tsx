'use client';

import { useQuery } from '@tanstack/react-query';
import { Contact } from 'lucide-react';
import { useCallback, useState } from 'react';
import { formatNumber } from '#components/format.ts';
import { useDebounced } from '#components/use-debounced.ts';
import { listAudiencesParameters } from '#lib/contracts/audiences.ts';
import { audiencesQuery } from '#lib/queries/audiences.ts';
import type { EditorAttribute } from '../model/editor-catalog.ts';
import { AttributeList } from '../picker/attribute-list.tsx';
import { ListGroup, ListItem } from '../picker/list-parts.tsx';
import { useEditor } from './editor-context.tsx';

export type PickedSubject =
  | { readonly kind: 'attribute'; readonly attribute: EditorAttribute }
  | { readonly kind: 'audience'; readonly audienceId: number };

type SubjectListProps = { onPick: (subject: PickedSubject) => void };

/** External attributes by table, then audiences; one search for all. */
export function SubjectList({ onPick }: SubjectListProps) {
  const { catalog, audienceId, projectId } = useEditor();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim().toLowerCase());
  const audiences = useQuery(
    audiencesQuery(
      listAudiencesParameters.parse({ search, perPage: 20, projectId: String(projectId) }),
    ),
  );
  const others = audiences.data?.items.filter(({ id }) => id !== audienceId) ?? [];
  const pickAttribute = useCallback(
    (attribute: EditorAttribute) => {
      onPick({ kind: 'attribute', attribute });
    },
    [onPick],
  );
  return (
    <AttributeList
      label="Attributes and audiences"
      placeholder="Search attributes and audiences"
      tables={catalog.tables}
      text={text}
      onTextChange={setText}
      onPick={pickAttribute}
      isSearching={audiences.isFetching}
    >
      {others.length > 0 && (
        <ListGroup heading="Audiences">
          {others.map(({ id, name, size }) => (
            <ListItem
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
            </ListItem>
          ))}
        </ListGroup>
      )}
    </AttributeList>
  );
}
