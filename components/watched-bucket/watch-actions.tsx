'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Pencil, Play, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { WatchedBucketResponse } from '#lib/contracts/watched-buckets.ts';
import {
  lookIntoBucket,
  pauseWatchedBucket,
  removeWatchedBucket,
  watchedBucketKeys,
} from '#lib/queries/watched-buckets.ts';

type WatchActionsProps = {
  tableId: number;
  watched: WatchedBucketResponse;
  blockedReason: string | null;
  onEdit: () => void;
};

export function WatchActions({ tableId, watched, blockedReason, onEdit }: WatchActionsProps) {
  const queryClient = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: watchedBucketKeys.detail(tableId) });
  const pause = useMutation({
    mutationFn: () => pauseWatchedBucket(tableId, !watched.paused),
    onSuccess: refresh,
  });
  const look = useMutation({
    mutationFn: () => lookIntoBucket(tableId),
    onSuccess: async () => {
      toast.success('A worker looks into the bucket');
      await refresh();
    },
  });
  const remove = useMutation({
    mutationFn: () => removeWatchedBucket(tableId),
    onSuccess: async () => {
      setRemoving(false);
      toast.success('The bucket is no longer watched');
      await refresh();
    },
  });
  const PauseIcon = watched.paused ? Play : Pause;
  return (
    <>
      <FormError error={pause.error ?? look.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          pending={look.isPending}
          disabledReason={blockedReason ?? (watched.nextLookAt === null ? 'Paused.' : null)}
          onClick={() => {
            look.mutate();
          }}
        >
          <RefreshCw aria-hidden />
          Look now
        </Button>
        <Button
          pending={pause.isPending}
          disabledReason={blockedReason}
          onClick={() => {
            pause.mutate();
          }}
        >
          <PauseIcon aria-hidden />
          {watched.paused ? 'Resume' : 'Pause'}
        </Button>
        <Button disabledReason={blockedReason} onClick={onEdit}>
          <Pencil aria-hidden />
          Edit
        </Button>
        <Button
          disabledReason={blockedReason}
          onClick={() => {
            setRemoving(true);
          }}
        >
          <Trash2 aria-hidden />
          Stop watching
        </Button>
      </div>
      <AlertDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title={`Stop watching ${watched.bucket}`}
        actionLabel="Stop watching"
        pending={remove.isPending}
        onAction={() => {
          remove.mutate();
        }}
      >
        <FormError error={remove.error} />
        <p>
          The access key and the list of the files that were taken are deleted. What was loaded
          stays in the table. Watched again, the bucket&rsquo;s files are loaded again, unless you
          choose new files only.
        </p>
      </AlertDialog>
    </>
  );
}
