import { CircleCheck, CircleX, Pause, Play } from 'lucide-react';
import { StateBadge, type StateLook } from '#components/ui/state-badge.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';

/** Whether it is on, and whether what was sent last came through. */
export function WebhookStateBadge({ webhook }: { webhook: WebhookResponse }) {
  return <StateBadge {...lookOf(webhook)} />;
}

function lookOf({ paused, pauseReason, lastDelivery }: WebhookResponse): StateLook {
  if (paused) {
    return { word: 'Paused', tone: pauseReason === null ? 'neutral' : 'warning', icon: Pause };
  }
  if (!lastDelivery) return { word: 'On', tone: 'info', icon: Play };
  return lastDelivery.state === 'delivered'
    ? { word: 'Delivering', tone: 'success', icon: CircleCheck }
    : { word: 'Not delivered', tone: 'danger', icon: CircleX };
}
