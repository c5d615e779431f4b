import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { audienceKeys, restoreAudience } from '#lib/queries/audiences.ts';

/** Brings an earlier version back as a new one, and offers to undo it. */
export function useRestoreVersion({ id, version: current }: AudienceResponse) {
  const queryClient = useQueryClient();
  const restore = useMutation({
    mutationFn: (version: number) => restoreAudience(id, { version, base: current }),
    onSuccess: async (audience, version) => {
      queryClient.setQueryData(audienceKeys.detail(id), audience);
      toast.success(`Version ${version} is back, as version ${audience.version}`);
      await queryClient.invalidateQueries({ queryKey: audienceKeys.all });
    },
    onError: (error) => {
      toast.error('The version could not be restored', error);
    },
  });
  return restore;
}
