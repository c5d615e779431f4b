'use client';

import { useQuery } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { watchedBucketQuery } from '#lib/queries/watched-buckets.ts';
import { BucketDialog } from './bucket-dialog.tsx';
import { WatchActions } from './watch-actions.tsx';
import { WatchState } from './watch-state.tsx';

/** A bucket of the customer's own whose files are loaded by themselves. */
export function WatchedBucketCard({ tableId }: { tableId: number }) {
  const { data: watched, error, refetch, isFetching } = useQuery(watchedBucketQuery(tableId));
  const [isEditing, setEditing] = useState(false);
  const missingRole = useMissingRole('editor');
  const edit = () => {
    setEditing(true);
  };
  return (
    <Card aria-labelledby="watched-bucket" aria-busy={watched === undefined && !error}>
      <CardHeader
        titleId="watched-bucket"
        title="Watched bucket"
        description="For teams with a bucket of their own: new and changed files in it are imported by themselves."
        actions={
          watched === null && (
            <Button disabledReason={missingRole} onClick={edit}>
              <Eye aria-hidden />
              Watch a bucket
            </Button>
          )
        }
      />
      {watched === undefined && error && (
        <ErrorState
          title="The watched bucket could not be loaded"
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {watched === undefined && !error && (
        <CardBody>
          <Skeleton className="h-24" />
        </CardBody>
      )}
      {watched && (
        <CardBody className="gap-5">
          {error && (
            <RefreshError error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
          )}
          <WatchState watched={watched} />
          <WatchActions
            tableId={tableId}
            watched={watched}
            blockedReason={missingRole}
            onEdit={edit}
          />
        </CardBody>
      )}
      <BucketDialog
        tableId={tableId}
        watched={watched ?? null}
        open={isEditing}
        onOpenChange={setEditing}
      />
    </Card>
  );
}
