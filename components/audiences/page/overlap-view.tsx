'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Blend } from 'lucide-react';
import { parseAsArrayOf, parseAsInteger, useQueryState } from 'nuqs';
import { useRef } from 'react';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { audienceOverlapQuery } from '#lib/queries/audiences.ts';
import { AudiencePicker } from '../picker/audience-picker.tsx';
import { useAudience } from '../use-audience.ts';
import { OverlapResult } from './overlap-result.tsx';

const MOST_OTHERS = 2;
const othersParser = parseAsArrayOf(parseAsInteger).withDefault([]);

/** Who is in this audience and in one or two others, which the address names. */
export function OverlapView({ audienceId }: { audienceId: number }) {
  const audience = useAudience(audienceId);
  const picker = useRef<HTMLButtonElement>(null);
  const [named, setNamed] = useQueryState('with', othersParser);
  const others = [...new Set(named)].filter((id) => id !== audience.id).slice(0, MOST_OTHERS);
  function change(next: readonly number[]): void {
    void setNamed(next.length === 0 ? null : [...next], { history: 'push' });
  }
  return (
    <Card aria-labelledby="audience-overlap">
      <CardHeader
        titleId="audience-overlap"
        title="Overlap"
        description="How many profiles this audience shares with one or two others."
        actions={
          <AudiencePicker
            ref={picker}
            label={others.length === 0 ? 'Choose an audience' : 'Add a third'}
            projectId={audience.projectId}
            without={[audience.id, ...others]}
            disabledReason={
              others.length === MOST_OTHERS ? 'Three are compared. Remove one first.' : null
            }
            onPick={(id) => {
              change([...others, id]);
            }}
          />
        }
      />
      {others.length === 0 ? (
        <EmptyState icon={<Blend />} title="Compare with another audience">
          You see who is in both and who is in only one of them.
        </EmptyState>
      ) : (
        <Overlap
          ids={[audience.id, ...others]}
          onRemove={(id) => {
            // The button that was pressed goes; the next thing to do is to choose another.
            picker.current?.focus();
            change(others.filter((other) => other !== id));
          }}
        />
      )}
    </Card>
  );
}

type OverlapProps = { ids: readonly number[]; onRemove: (id: number) => void };

function Overlap({ ids, onRemove }: OverlapProps) {
  const overlap = useQuery({
    ...audienceOverlapQuery(ids),
    placeholderData: keepPreviousData,
  });
  if (overlap.isError) {
    return (
      <ErrorState
        title="The overlap could not be counted"
        error={overlap.error}
        onRetry={() => void overlap.refetch()}
        isRetrying={overlap.isFetching}
      />
    );
  }
  if (!overlap.data) {
    return (
      <CardBody role="status" aria-label="Counting" aria-busy="true">
        <Skeleton className="mx-auto h-48 w-72 max-w-full" />
      </CardBody>
    );
  }
  return (
    <OverlapResult overlap={overlap.data} isStale={overlap.isPlaceholderData} onRemove={onRemove} />
  );
}
