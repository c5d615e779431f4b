import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { AudienceSummary } from '#lib/contracts/audiences.ts';
import { archiveAudience, audienceKeys } from '#lib/queries/audiences.ts';

/** Archives or restores, and offers to undo it. */
export function useArchiveAudience({ id, name, archived }: AudienceSummary) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (next: boolean) => archiveAudience(id, { archived: next }),
    onSuccess: (_audience, next) => {
      toast.success(next ? `${name} is archived` : `${name} is restored`, {
        action: {
          label: 'Undo',
          onClick: () => {
            change.mutate(!next);
          },
        },
      });
    },
    onError: (error, next) => {
      toast.error(next ? `${name} could not be archived` : `${name} could not be restored`, error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: audienceKeys.all }),
  });
  return {
    isPending: change.isPending,
    toggle: () => {
      change.mutate(!archived);
    },
  };
}
