'use client';

import { Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { describeEvents } from './event-words.ts';
import { receiverOf } from './receiver-of.ts';
import { usePauseWebhook } from './use-pause-webhook.ts';
import { useSendTest } from './use-send-test.ts';
import { WebhookStateBadge } from './webhook-state-badge.tsx';

type WebhookRowProps = {
  webhook: WebhookResponse;
  onEdit: (webhook: WebhookResponse) => void;
  onDelete: (webhook: WebhookResponse) => void;
};

export function WebhookRow({ webhook, onEdit, onDelete }: WebhookRowProps) {
  const togglePause = usePauseWebhook(webhook);
  const test = useSendTest(webhook.id);
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10 as-rows:max-w-96">
        <Link
          href={`/settings/webhooks/${webhook.id}`}
          className="font-medium wrap-anywhere underline-offset-4 hover:underline"
        >
          {webhook.url}
        </Link>
      </TableCell>
      <TableCell label="State">
        <WebhookStateBadge webhook={webhook} />
      </TableCell>
      <TableCell label="Events" className="text-muted-foreground">
        {describeEvents(webhook.events)}
      </TableCell>
      <TableCell label="For" className="wrap-anywhere text-muted-foreground">
        {webhook.scopeName ?? 'All uploads'}
      </TableCell>
      <TableCell label="Last sent" className="text-muted-foreground">
        {webhook.lastDelivery ? <RelativeTime date={webhook.lastDelivery.at} /> : 'Never'}
      </TableCell>
      <TableActionsCell>
        <RowMenu name={`the webhook to ${receiverOf(webhook.url)}`}>
          <MenuItem
            icon={<Send aria-hidden />}
            disabledReason={webhook.paused ? 'The webhook is paused.' : null}
            onClick={() => {
              test.mutate();
            }}
          >
            Send test event
          </MenuItem>
          <MenuItem
            icon={<Pencil aria-hidden />}
            onClick={() => {
              onEdit(webhook);
            }}
          >
            Edit
          </MenuItem>
          <MenuItem
            icon={webhook.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            onClick={togglePause}
          >
            {webhook.paused ? 'Resume' : 'Pause'}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={<Trash2 aria-hidden />}
            tone="danger"
            onClick={() => {
              onDelete(webhook);
            }}
          >
            Delete…
          </MenuItem>
        </RowMenu>
      </TableActionsCell>
    </TableRow>
  );
}
