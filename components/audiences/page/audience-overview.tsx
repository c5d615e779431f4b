'use client';

import { ErrorState } from '#components/ui/error-state.tsx';
import { useCatalogue } from '../editor/use-editor-catalog.ts';
import { useAudience } from '../use-audience.ts';
import { DefinitionCard } from './definition-card.tsx';
import { SizeCard } from './size-card.tsx';

export function AudienceOverview({ audienceId }: { audienceId: number }) {
  const audience = useAudience(audienceId);
  const catalogue = useCatalogue(audience.projectId);
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <SizeCard audience={audience} catalogue={catalogue.data} />
      {catalogue.data && <DefinitionCard audience={audience} catalogue={catalogue.data} />}
      {catalogue.isError && (
        <ErrorState
          title="The attributes could not be loaded"
          error={catalogue.error}
          onRetry={() => void catalogue.refetch()}
          isRetrying={catalogue.isFetching}
        />
      )}
    </div>
  );
}
