import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { audienceKeys, createAudience, updateAudience } from '#lib/queries/audiences.ts';

interface AudienceToSave {
  readonly name: string;
  readonly description: string | null;
  readonly conditions: string;
  readonly layout: string | null;
}

interface SaveOptions {
  /** What is edited and the version that the edit began with; `null` for a new audience. */
  readonly base: { readonly id: number; readonly version: number } | null;
  readonly projectId: number | undefined;
  readonly onSaved: (audience: AudienceResponse) => void;
  readonly onError: (error: Error) => void;
}

export function useSaveAudience({ base, projectId, onSaved, onError }: SaveOptions) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (audience: AudienceToSave) =>
      base === null
        ? createAudience({ ...audience, projectId })
        : updateAudience(base.id, { ...audience, version: base.version }),
    onSuccess: async (audience) => {
      queryClient.setQueryData(audienceKeys.detail(audience.id), audience);
      onSaved(audience);
      await queryClient.invalidateQueries({ queryKey: audienceKeys.all });
    },
    onError,
  });
}
