import { webhookEvents, type WebhookDelivery, type WebhookEvent } from '#lib/contracts/webhooks.ts';

type EventWords = { readonly label: string; readonly description: string };

export const eventWords: Record<WebhookEvent, EventWords> = {
  'upload.completed': { label: 'Completed', description: 'Every row was stored' },
  'upload.completed_with_errors': {
    label: 'Completed with errors',
    description: 'Some rows were rejected, the rest was stored',
  },
  'upload.failed': {
    label: 'Failed',
    description: 'The file could not be loaded, or not to its end',
  },
  'upload.cancelled': { label: 'Cancelled', description: 'Somebody ended it' },
};

/** @example describeEvents(['upload.failed', 'upload.cancelled']) // 'Failed, cancelled' */
export function describeEvents(events: readonly WebhookEvent[]): string {
  if (events.length === webhookEvents.length) return 'Every end';
  const text = events.map((event) => eventWords[event].label.toLowerCase()).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function eventWord(event: WebhookDelivery['event']): string {
  return event === 'webhook.test' ? 'Test' : eventWords[event].label;
}
