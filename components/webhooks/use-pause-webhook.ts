import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { updateWebhook, webhookKeys } from '#lib/queries/webhooks.ts';

export function usePauseWebhook({ id, paused }: WebhookResponse) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (next: boolean) => updateWebhook(id, { paused: next }),
    onSuccess: (_webhook, next) => {
      toast.success(next ? 'The webhook is paused' : 'The webhook is on again');
    },
    onError: (error, next) => {
      toast.error(
        next ? 'The webhook could not be paused' : 'The webhook could not be resumed',
        error,
      );
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhookKeys.all }),
  });
  return () => {
    change.mutate(!paused);
  };
}
