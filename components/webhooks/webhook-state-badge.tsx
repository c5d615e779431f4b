import { CircleCheck, CircleX, Pause, Play } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';

/** Whether it is on, and whether what was sent last came through. */
export function WebhookStateBadge({ webhook }: { webhook: WebhookResponse }) {
  if (webhook.paused) {
    return (
      <Badge tone={webhook.pauseReason === null ? 'neutral' : 'warning'}>
        <Pause aria-hidden />
        Paused
      </Badge>
    );
  }
  if (webhook.lastDelivery?.state === 'delivered') {
    return (
      <Badge tone="success">
        <CircleCheck aria-hidden />
        Delivering
      </Badge>
    );
  }
  if (webhook.lastDelivery) {
    return (
      <Badge tone="danger">
        <CircleX aria-hidden />
        Not delivered
      </Badge>
    );
  }
  return (
    <Badge tone="info">
      <Play aria-hidden />
      On
    </Badge>
  );
}
