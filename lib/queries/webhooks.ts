import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  deliveryPage,
  webhookResponse,
  webhookSecretResponse,
  type CreateWebhookRequest,
  type RotateWebhookSecretRequest,
  type UpdateWebhookRequest,
  type WebhookDelivery,
} from '../contracts/webhooks.ts';
import { fetchJson, toQueryString } from './fetch-json.ts';

export const deliveriesPerPage = 25;

export const webhookKeys = {
  all: ['webhooks'],
  list: ['webhooks', 'list'],
  detail: (id: number) => ['webhooks', 'detail', id],
  deliveries: (id: number, page: number) => ['webhooks', 'deliveries', id, page],
} as const;

/** A try that is about to be made is over within seconds; others are an hour away. */
const liveInterval = 1_000;
const idleInterval = 10_000;
const soon = 15_000;

export function webhooksQuery() {
  return queryOptions({
    queryKey: webhookKeys.list,
    queryFn: ({ signal }) =>
      fetchJson({ path: '/api/webhooks', schema: z.array(webhookResponse), signal }),
  });
}

export function webhookQuery(id: number) {
  return queryOptions({
    queryKey: webhookKeys.detail(id),
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/webhooks/${id}`, schema: webhookResponse, signal }),
    // A receiver that answers 410 pauses it.
    refetchInterval: idleInterval,
  });
}

export function deliveriesQuery(id: number, page: number) {
  return queryOptions({
    queryKey: webhookKeys.deliveries(id, page),
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/webhooks/${id}/deliveries${toQueryString({ page, perPage: deliveriesPerPage })}`,
        schema: deliveryPage,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(isTriedSoon) ? liveInterval : idleInterval,
  });
}

function isTriedSoon({ nextAttemptAt }: WebhookDelivery): boolean {
  return nextAttemptAt !== null && Date.parse(nextAttemptAt) < Date.now() + soon;
}

export function createWebhook(body: CreateWebhookRequest) {
  return fetchJson({ path: '/api/webhooks', method: 'POST', body, schema: webhookSecretResponse });
}

export function updateWebhook(id: number, body: UpdateWebhookRequest) {
  return fetchJson({ path: `/api/webhooks/${id}`, method: 'PATCH', body, schema: webhookResponse });
}

export function deleteWebhook(id: number) {
  return fetchJson({ path: `/api/webhooks/${id}`, method: 'DELETE', schema: z.unknown() });
}

export function rotateWebhookSecret(id: number, body: RotateWebhookSecretRequest) {
  const path = `/api/webhooks/${id}/rotate`;
  return fetchJson({ path, method: 'POST', body, schema: webhookSecretResponse });
}

export function sendTestEvent(id: number) {
  const path = `/api/webhooks/${id}/test`;
  return fetchJson({ path, method: 'POST', body: {}, schema: z.unknown() });
}

export function sendAgain(id: number, deliveryId: number) {
  const path = `/api/webhooks/${id}/deliveries/${deliveryId}/send-again`;
  return fetchJson({ path, method: 'POST', body: {}, schema: z.unknown() });
}
