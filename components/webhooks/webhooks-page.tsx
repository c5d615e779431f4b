'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useMissingRole } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { webhooksQuery } from '#lib/queries/webhooks.ts';
import { AddWebhookDialog } from './add-webhook-dialog.tsx';
import { AdministratorsOnly } from './administrators-only.tsx';
import { DeleteWebhookDialog } from './delete-webhook-dialog.tsx';
import { EditWebhookDialog } from './edit-webhook-dialog.tsx';
import { WebhookRow } from './webhook-row.tsx';

export function WebhooksPage() {
  const missingRole = useMissingRole('administrator');
  const [isAdding, setAdding] = useState(false);
  const add = (
    <Button
      variant="primary"
      disabledReason={missingRole}
      onClick={() => {
        setAdding(true);
      }}
    >
      <Plus aria-hidden />
      Add webhook
    </Button>
  );
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Settings' }]}
        title="Webhooks"
        description="Addresses of yours that are told when an upload ends."
        primaryAction={add}
      />
      {missingRole === null ? <WebhooksCard addButton={add} /> : <AdministratorsOnly />}
      <AddWebhookDialog open={isAdding} onOpenChange={setAdding} />
    </>
  );
}

function WebhooksCard({ addButton }: { addButton: ReactNode }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(webhooksQuery());
  const retry = { onRetry: () => void refetch(), isRetrying: isFetching };
  return (
    <>
      {error && data && <RefreshError error={error} {...retry} />}
      <Card aria-label="Webhooks">
        {isPending && (
          <div role="status" aria-label="Loading webhooks" className="flex flex-col gap-4 p-4">
            <Skeleton className="w-64" />
            <Skeleton className="w-56" />
          </div>
        )}
        {error && !data && (
          <ErrorState title="The webhooks could not be loaded" error={error} {...retry} />
        )}
        {data?.length === 0 && (
          <EmptyState icon={<Webhook />} title="No webhooks yet" actions={addButton}>
            A webhook spares your programs asking again and again whether a file is loaded: when an
            upload completes or fails, OpenDCP sends them a signed message with the counts and the
            reason, and tries for a day if nobody answers.
          </EmptyState>
        )}
        {data && data.length > 0 && <WebhookTable webhooks={data} />}
      </Card>
    </>
  );
}

function WebhookTable({ webhooks }: { webhooks: readonly WebhookResponse[] }) {
  const [editing, setEditing] = useState<WebhookResponse | null>(null);
  const [leaving, setLeaving] = useState<WebhookResponse | null>(null);
  return (
    <>
      <Table label="Webhooks">
        <TableHeader>
          <TableHead>Address</TableHead>
          <TableHead>State</TableHead>
          <TableHead>Events</TableHead>
          <TableHead>For</TableHead>
          <TableHead>Last sent</TableHead>
          <TableHead className="w-10">
            <span className="sr-only">Actions</span>
          </TableHead>
        </TableHeader>
        <TableBody>
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              onEdit={setEditing}
              onDelete={setLeaving}
            />
          ))}
        </TableBody>
      </Table>
      {editing && (
        <EditWebhookDialog
          webhook={editing}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
      {leaving && (
        <DeleteWebhookDialog
          webhook={leaving}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </>
  );
}
