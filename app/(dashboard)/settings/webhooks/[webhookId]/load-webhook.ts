import 'server-only';

import { notFound } from 'next/navigation';
import { cache } from 'react';
import { idParameter } from '#lib/contracts/common.ts';
import type { WebhookResponse } from '#lib/contracts/webhooks.ts';
import { AppError } from '#lib/core/errors.ts';
import { getWebhook } from '#lib/services/webhooks/list-webhooks.ts';
import { requireActor } from '../../../../require-actor.ts';

const refusals: readonly string[] = ['not-found', 'forbidden'];

/** The webhook of the address, read once per request; null when there is none that the user may see. */
export const findWebhook = cache(async (webhookId: string): Promise<WebhookResponse | null> => {
  const actor = await requireActor();
  const id = idParameter.safeParse(webhookId);
  if (!id.success) return null;
  try {
    return await getWebhook(actor, id.data);
  } catch (error) {
    if (error instanceof AppError && refusals.includes(error.code)) return null;
    throw error;
  }
});

/** The same, where an unknown one is a page not found. */
export async function loadWebhook(webhookId: string): Promise<WebhookResponse> {
  return (await findWebhook(webhookId)) ?? notFound();
}
