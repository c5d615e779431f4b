import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react';
import { StateBadge, type StateLook } from '#components/ui/state-badge.tsx';
import type { WebhookDelivery } from '#lib/contracts/webhooks.ts';

export function DeliveryStateBadge({ delivery }: { delivery: WebhookDelivery }) {
  return <StateBadge {...lookOf(delivery)} />;
}

function lookOf({ state, event, attempts }: WebhookDelivery): StateLook {
  if (state === 'delivered') return { word: 'Delivered', tone: 'success', icon: CircleCheck };
  if (state === 'failed') {
    const word = event === 'webhook.test' ? 'Failed' : 'Given up';
    return { word, tone: 'danger', icon: CircleX };
  }
  return attempts === 0
    ? { word: 'Waiting', tone: 'info', icon: Clock }
    : { word: 'Trying again', tone: 'warning', icon: RotateCw };
}
