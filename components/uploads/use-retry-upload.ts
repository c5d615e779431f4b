'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from '#components/ui/toast-manager.ts';
import { retryUpload, uploadKeys } from '#lib/queries/uploads.ts';

/** The retry is a new upload: its page opens. */
export function useRetryUpload(id: number) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: () => retryUpload(id),
    onSuccess: async (retry) => {
      queryClient.setQueryData(uploadKeys.detail(retry.id), retry);
      router.push(`/uploads/${retry.id}`);
      toast.success(`${retry.fileName} is in the queue again`);
      await queryClient.invalidateQueries({ queryKey: uploadKeys.lists });
    },
    onError: (error) => {
      toast.error('The file could not be put into the queue again', error);
    },
  });
}
