import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { audienceKeys, duplicateAudience } from '#lib/queries/audiences.ts';

export function useDuplicateAudience(onDone: (copy: AudienceResponse) => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: duplicateAudience,
    onSuccess: async (copy) => {
      queryClient.setQueryData(audienceKeys.detail(copy.id), copy);
      toast.success(`${copy.name} is created`);
      onDone(copy);
      await queryClient.invalidateQueries({ queryKey: audienceKeys.lists });
    },
    onError: (error) => {
      toast.error('The audience could not be duplicated', error);
    },
  });
}
