import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import { sendTestEvent, webhookKeys } from '#lib/queries/webhooks.ts';

export function useSendTest(webhookId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => sendTestEvent(webhookId),
    onSuccess: () => {
      toast.success('The test event is on its way', {
        description: 'What the receiver answers is shown among the deliveries.',
      });
    },
    onError: (error) => {
      toast.error('The test event could not be sent', error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhookKeys.all }),
  });
}
