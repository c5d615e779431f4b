'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { formatCount } from '#components/format.ts';
import { AlertDialog } from '#components/ui/alert-dialog.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import { audienceKeys, audienceQuery, deleteAudience } from '#lib/queries/audiences.ts';

type DeleteAudienceDialogProps = {
  audience: { readonly id: number; readonly name: string; readonly version: number };
  onClose: () => void;
  /** After it is gone, before the lists are asked for again. */
  onDeleted?: () => void;
};

/** Says what is lost; refuses what others refer to, with the way to them. Open while it is rendered. */
export function DeleteAudienceDialog({ audience, onClose, onDeleted }: DeleteAudienceDialogProps) {
  const queryClient = useQueryClient();
  const detail = useQuery({ ...audienceQuery(audience.id), staleTime: 0 });
  const usedBy = detail.data?.usedBy ?? [];
  const remove = useMutation({
    mutationFn: () => deleteAudience(audience.id),
    onSuccess: async () => {
      onClose();
      onDeleted?.();
      toast.success(`${audience.name} is deleted`);
      await queryClient.invalidateQueries({ queryKey: audienceKeys.lists });
    },
  });
  function blockedReason(): string | null {
    if (detail.isPending) return 'Looking where it is used.';
    return usedBy.length > 0 ? 'Other audiences refer to it.' : null;
  }
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Delete audience ${audience.name}`}
      actionLabel={`Delete audience ${audience.name}`}
      onAction={() => {
        remove.mutate();
      }}
      pending={remove.isPending}
      blockedReason={blockedReason()}
    >
      <FormError error={remove.error} />
      {detail.isPending && (
        <div role="status" aria-label="Looking where it is used" className="py-1">
          <Skeleton className="w-56" />
        </div>
      )}
      {detail.isError && (
        <ErrorState
          className="py-4"
          title="Where it is used could not be found out"
          error={detail.error}
          onRetry={() => void detail.refetch()}
          isRetrying={detail.isFetching}
        />
      )}
      {detail.data && usedBy.length > 0 && (
        <>
          <p>
            {formatCount(usedBy.length, 'audience')} {usedBy.length === 1 ? 'refers' : 'refer'} to
            it. Remove it there first:
          </p>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {usedBy.map(({ id, name }) => (
              <li key={id}>
                <Link
                  href={`/audiences/${id}/edit`}
                  className="rounded-sm text-brand underline underline-offset-4"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {detail.data && usedBy.length === 0 && (
        <>
          <p>This cannot be undone. Deleted for good:</p>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-foreground">
            <li>its conditions with {formatCount(audience.version, 'version')}</li>
            <li>the history of its size</li>
          </ul>
          <p>No other audience refers to it. Its members keep all their values.</p>
        </>
      )}
    </AlertDialog>
  );
}
