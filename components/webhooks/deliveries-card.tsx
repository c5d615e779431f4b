'use client';

import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { parseAsInteger, useQueryState } from 'nuqs';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { RefreshError } from '#components/ui/refresh-error.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import type { DeliveryPage, WebhookResponse } from '#lib/contracts/webhooks.ts';
import { deliveriesPerPage, deliveriesQuery } from '#lib/queries/webhooks.ts';
import { DeliveryRow } from './delivery-row.tsx';

/** What was sent to a webhook in the last 30 days; keeps up with tries under way. */
export function DeliveriesCard({ webhook }: { webhook: WebhookResponse }) {
  const [page, setPage] = useQueryState('page', parseAsInteger.withDefault(1));
  const shown = Math.max(1, page);
  const query = useQuery(deliveriesQuery(webhook.id, shown));
  const { data, error, refetch, isFetching } = query;
  const retry = { onRetry: () => void refetch(), isRetrying: isFetching };
  return (
    <Card aria-labelledby="deliveries">
      <CardHeader
        titleId="deliveries"
        title="Deliveries"
        description="Of the last 30 days, the latest first."
      />
      {error && data && <RefreshError error={error} {...retry} />}
      {error && !data && (
        <ErrorState title="The deliveries could not be loaded" error={error} {...retry} />
      )}
      {!data && !error && (
        <div aria-busy className="flex flex-col gap-3 p-4">
          <Skeleton />
          <Skeleton />
        </div>
      )}
      {data && data.items.length === 0 && (
        <EmptyState icon={<Inbox />} title="Nothing was sent yet">
          The end of the next upload is. To try the receiver now, send a test event.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <DeliveryTable webhook={webhook} page={data} isStale={query.isPlaceholderData} />
      )}
      {data && data.items.length > 0 && (
        <Pagination
          noun="delivery"
          plural="deliveries"
          page={shown}
          perPage={deliveriesPerPage}
          total={data.total}
          onPageChange={(next) => void setPage(next, { history: 'push' })}
        />
      )}
    </Card>
  );
}

type DeliveryTableProps = { webhook: WebhookResponse; page: DeliveryPage; isStale: boolean };

function DeliveryTable({ webhook, page, isStale }: DeliveryTableProps) {
  return (
    <Table label="Deliveries" isStale={isStale}>
      <TableHeader>
        <TableHead>Event</TableHead>
        <TableHead>State</TableHead>
        <TableHead>Answer</TableHead>
        <TableHead align="end">Duration</TableHead>
        <TableHead align="end">Tries</TableHead>
        <TableHead>Last try</TableHead>
        <TableHead>Next try</TableHead>
        <TableHead className="w-10">
          <span className="sr-only">Actions</span>
        </TableHead>
      </TableHeader>
      <TableBody>
        {page.items.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            webhookId={webhook.id}
            delivery={delivery}
            disabledReason={webhook.paused ? 'The webhook is paused. Resume it first.' : null}
          />
        ))}
      </TableBody>
    </Table>
  );
}
