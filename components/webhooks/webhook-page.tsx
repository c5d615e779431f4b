'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { webhookQuery } from '#lib/queries/webhooks.ts';
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx';
import { DeliveriesCard } from './deliveries-card.tsx';
import { EditWebhookDialog } from './edit-webhook-dialog.tsx';
import { receiverOf } from './receiver-of.ts';
import { RotateSecretDialog } from './rotate-secret-dialog.tsx';
import { usePauseWebhook } from './use-pause-webhook.ts';
import { useSendTest } from './use-send-test.ts';
import { WebhookFacts } from './webhook-facts.tsx';
import { WebhookStateBadge } from './webhook-state-badge.tsx';

const crumbs = [{ label: 'Settings' }, { label: 'Webhooks', href: '/settings/webhooks' }];

export function WebhookPage({ id }: { id: number }) {
  const { data: webhook, error, refetch, isFetching } = useQuery(webhookQuery(id));
  const retry = { onRetry: () => void refetch(), isRetrying: isFetching };
  if (!webhook) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Webhook" />
        {error && <ErrorState title="The webhook could not be loaded" error={error} {...retry} />}
      </>
    );
  }
  return (
    <>
      <WebhookHeader webhook={webhook} />
      {error && <RefreshError error={error} {...retry} />}
      <WebhookFacts webhook={webhook} />
      <DeliveriesCard webhook={webhook} />
    </>
  );
}

function WebhookHeader({ webhook }: { webhook: WebhookResponse }) {
  const router = useRouter();
  const [dialog, setDialog] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const togglePause = usePauseWebhook(webhook);
  const test = useSendTest(webhook.id);
  const close = () => {
    setDialog(null);
  };
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={receiverOf(webhook.url)}
        badge={<WebhookStateBadge webhook={webhook} />}
        primaryAction={
          <Button
            variant="primary"
            pending={test.isPending}
            disabledReason={webhook.paused ? 'The webhook is paused. Resume it first.' : null}
            onClick={() => {
              test.mutate();
            }}
          >
            <Send aria-hidden />
            Send test event
          </Button>
        }
        moreActions={
          <>
            <MenuItem
              icon={<Pencil aria-hidden />}
              onClick={() => {
                setDialog('edit');
              }}
            >
              Edit
            </MenuItem>
            <MenuItem
              icon={<KeyRound aria-hidden />}
              onClick={() => {
                setDialog('rotate');
              }}
            >
              Rotate signing secret
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
                setDialog('delete');
              }}
            >
              Delete…
            </MenuItem>
          </>
        }
      />
      {dialog === 'edit' && <EditWebhookDialog webhook={webhook} onClose={close} />}
      {dialog === 'rotate' && <RotateSecretDialog webhook={webhook} onClose={close} />}
      {dialog === 'delete' && (
        <DeleteWebhookDialog
          webhook={webhook}
          onClose={close}
          onDeleted={() => {
            router.push('/settings/webhooks');
          }}
        />
      )}
    </>
  );
}
