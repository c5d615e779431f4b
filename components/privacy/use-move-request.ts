import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { PrivacyRequestResponse } from '#lib/contracts/privacy-requests.ts';
import { movePrivacyRequest, privacyKeys } from '#lib/queries/privacy-requests.ts';

/** Cancels a request or tries it again. */
export function useMoveRequest({ id }: PrivacyRequestResponse) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (way: 'cancel' | 'retry') => movePrivacyRequest(id, way),
    onSuccess: async (request) => {
      queryClient.setQueryData(privacyKeys.detail(id), request);
      await queryClient.invalidateQueries({ queryKey: privacyKeys.all });
    },
    onError: (error) => {
      toast.error(error.message);
    },
  });
}
