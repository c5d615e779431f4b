'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from '#components/ui/toast-manager.ts';
import { queueUploadAgain, uploadKeys, type QueueAgain } from '#lib/queries/uploads.ts';

/** The file becomes a new upload: its page opens. */
export function useQueueAgain(id: number) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (way: QueueAgain) => queueUploadAgain(id, way),
    onSuccess: async (upload, way) => {
      queryClient.setQueryData(uploadKeys.detail(upload.id), upload);
      router.push(`/uploads/${upload.id}`);
      toast.success(
        way === 'store'
          ? `${upload.fileName} is in the queue, to be stored`
          : `${upload.fileName} is in the queue again`,
      );
      await queryClient.invalidateQueries({ queryKey: uploadKeys.lists });
    },
    onError: (error) => {
      toast.error('The file could not be put into the queue', error);
    },
  });
}
