import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import type { WebhookDelivery } from '#lib/contracts/webhooks.ts';

/** The state of a delivery as icon and word, never as a colour alone. */
export function DeliveryStateBadge({ delivery }: { delivery: WebhookDelivery }) {
  switch (delivery.state) {
    case 'delivered':
      return (
        <Badge tone="success">
          <CircleCheck aria-hidden />
          Delivered
        </Badge>
      );
    case 'failed':
      return (
        <Badge tone="danger">
          <CircleX aria-hidden />
          {delivery.event === 'webhook.test' ? 'Failed' : 'Given up'}
        </Badge>
      );
    case 'waiting':
      return delivery.attempts === 0 ? (
        <Badge tone="info">
          <Clock aria-hidden />
          Waiting
        </Badge>
      ) : (
        <Badge tone="warning">
          <RotateCw aria-hidden />
          Trying again
        </Badge>
      );
  }
}
