'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { formatNumber } from '#components/format.ts';
import { MenuItem } from '#components/ui/dropdown-menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { TableActionsCell, TableCell, TableRow } from '#components/ui/table.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { WebhookDelivery } from '#lib/contracts/webhooks.ts';
import { sendAgain, webhookKeys } from '#lib/queries/webhooks.ts';
import { DeliveryStateBadge } from './delivery-state-badge.tsx';
import { eventWord } from './event-words.ts';

type DeliveryRowProps = {
  webhookId: number;
  delivery: WebhookDelivery;
  /** Why nothing can be sent. */
  disabledReason: string | null;
};

export function DeliveryRow({ webhookId, delivery, disabledReason }: DeliveryRowProps) {
  const { attempts, lastDuration, nextAttemptAt } = delivery;
  const queryClient = useQueryClient();
  const again = useMutation({
    mutationFn: () => sendAgain(webhookId, delivery.id),
    onSuccess: () => {
      toast.success('It is sent again', {
        description: 'With the same id, so that the receiver can tell if it has it already.',
      });
    },
    onError: (error) => {
      toast.error('It could not be sent again', error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: webhookKeys.all }),
  });
  return (
    <TableRow>
      <TableCell isTitle className="as-cards:pr-10">
        <span className="flex flex-col">
          <span className="font-medium">{eventWord(delivery.event)}</span>
          {delivery.uploadId !== null && (
            <Link
              href={`/uploads/${delivery.uploadId}`}
              className="text-xs wrap-anywhere text-muted-foreground underline underline-offset-4"
            >
              {delivery.fileName}
            </Link>
          )}
        </span>
      </TableCell>
      <TableCell label="State">
        <DeliveryStateBadge delivery={delivery} />
      </TableCell>
      <TableCell label="Answer" className="as-rows:max-w-80">
        <span className="flex flex-col as-cards:items-end">
          <span className="tabular-nums">{delivery.lastStatus ?? '–'}</span>
          {delivery.lastError !== null && (
            <span className="text-xs text-pretty text-muted-foreground">{delivery.lastError}</span>
          )}
        </span>
      </TableCell>
      <TableCell label="Duration" align="end" className="whitespace-nowrap text-muted-foreground">
        {lastDuration === null ? '–' : `${formatNumber(lastDuration)} ms`}
      </TableCell>
      <TableCell label="Tries" align="end" className="text-muted-foreground">
        {formatNumber(attempts)}
      </TableCell>
      <TableCell label="Last try" className="text-muted-foreground">
        {delivery.lastAttemptAt === null ? '–' : <RelativeTime date={delivery.lastAttemptAt} />}
      </TableCell>
      <TableCell label="Next try" className="text-muted-foreground">
        {nextAttemptAt === null ? '–' : <RelativeTime date={nextAttemptAt} />}
      </TableCell>
      <TableActionsCell>
        <RowMenu name={`the delivery of ${delivery.fileName ?? 'a test event'}`}>
          <MenuItem
            icon={<RotateCw aria-hidden />}
            disabledReason={
              disabledReason ?? (delivery.state === 'waiting' ? 'It is tried anyway.' : null)
            }
            onClick={() => {
              again.mutate();
            }}
          >
            Send again
          </MenuItem>
        </RowMenu>
      </TableActionsCell>
    </TableRow>
  );
}
