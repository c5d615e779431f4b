'use client';

import { useQuery } from '@tanstack/react-query';
import { Dialog, DialogBody } from '#components/ui/dialog.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { attributeInsightQuery } from '#lib/queries/audiences.ts';
import { InsightView } from './insight-view.tsx';

type InsightDialogProps = {
  /** null while the dialog is closed. */
  attribute: AttributeResponse | null;
  onClose: () => void;
};

export function InsightDialog({ attribute, onClose }: InsightDialogProps) {
  return (
    <Dialog
      open={attribute !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={attribute ? `Values of ${attribute.name}` : ''}
    >
      {attribute && <Insight attributeId={attribute.id} />}
    </Dialog>
  );
}

function Insight({ attributeId }: { attributeId: number }) {
  const { data, error, refetch, isFetching } = useQuery(attributeInsightQuery(attributeId));
  return (
    <DialogBody>
      {data && <InsightView insight={data} />}
      {!data && error && (
        <ErrorState
          title="The values could not be read"
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {!data && !error && <InsightSkeleton />}
    </DialogBody>
  );
}

function InsightSkeleton() {
  return (
    <div role="status" aria-label="Reading the values" className="flex flex-col gap-3">
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
      <Skeleton className="w-1/2" />
      <Skeleton className="h-28 w-full" />
    </div>
  );
}
