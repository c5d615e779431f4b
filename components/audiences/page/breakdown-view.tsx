'use client';

import { useQuery } from '@tanstack/react-query';
import { ChartBar } from 'lucide-react';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { AudienceCatalogue } from '#lib/contracts/audiences.ts';
import { audienceBreakdownQuery } from '#lib/queries/audiences.ts';
import { useCatalogue } from '../editor/use-editor-catalog.ts';
import { editorCatalog, type EditorAttribute } from '../model/editor-catalog.ts';
import { AttributePicker } from '../picker/attribute-picker.tsx';
import { useAudience } from '../use-audience.ts';
import { BreakdownTable } from './breakdown-table.tsx';

/** The members by their values of one attribute, which the address names. */
export function BreakdownView({ audienceId }: { audienceId: number }) {
  const audience = useAudience(audienceId);
  const catalogue = useCatalogue(audience.projectId);
  const [attributeId, setAttributeId] = useQueryState('attribute', parseAsInteger);
  const tables = useTables(catalogue.data);
  const chosen = tables
    .flatMap(({ attributes }) => attributes)
    .find(({ id }) => id === attributeId);
  const pick = useCallback(
    (attribute: EditorAttribute) => void setAttributeId(attribute.id, { history: 'push' }),
    [setAttributeId],
  );
  return (
    <Card aria-labelledby="audience-breakdown">
      <CardHeader
        titleId="audience-breakdown"
        title="Breakdown"
        description="How the members differ in one attribute."
        actions={catalogue.data && <AttributePicker tables={tables} value={chosen} onPick={pick} />}
      />
      {catalogue.isError && (
        <ErrorState
          title="The attributes could not be loaded"
          error={catalogue.error}
          onRetry={() => void catalogue.refetch()}
          isRetrying={catalogue.isFetching}
        />
      )}
      {attributeId === null ? (
        <EmptyState icon={<ChartBar />} title="Choose an attribute">
          Its most frequent values among the members are counted, and how many have none.
        </EmptyState>
      ) : (
        <Breakdown audienceId={audience.id} attributeId={attributeId} />
      )}
    </Card>
  );
}

function useTables(catalogue: AudienceCatalogue | undefined) {
  return useMemo(() => (catalogue ? editorCatalog(catalogue, new Map()).tables : []), [catalogue]);
}

type BreakdownProps = { audienceId: number; attributeId: number };

function Breakdown({ audienceId, attributeId }: BreakdownProps) {
  const breakdown = useQuery({
    ...audienceBreakdownQuery(audienceId, attributeId),
    placeholderData: (before) => before,
  });
  if (breakdown.isError) {
    return (
      <ErrorState
        title="The members could not be counted by it"
        error={breakdown.error}
        onRetry={() => void breakdown.refetch()}
        isRetrying={breakdown.isFetching}
      />
    );
  }
  if (!breakdown.data) {
    return (
      <CardBody role="status" aria-label="Counting" aria-busy="true">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-5" />
        ))}
      </CardBody>
    );
  }
  return <BreakdownTable breakdown={breakdown.data} isStale={breakdown.isPlaceholderData} />;
}
