'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelUpload, uploadKeys } from '#lib/queries/uploads.ts';

export function useCancelUpload(id: number, { onSuccess }: { onSuccess: () => void }) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => cancelUpload(id),
    onSuccess: async (upload) => {
      queryClient.setQueryData(uploadKeys.detail(id), upload);
      onSuccess();
      await queryClient.invalidateQueries({ queryKey: uploadKeys.all });
    },
  });
}
