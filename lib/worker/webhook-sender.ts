import { announceUploads } from '#lib/services/webhooks/announce-uploads.ts';
import {
  sendDelivery,
  takeDueDeliveries,
  type DueDelivery,
} from '#lib/services/webhooks/send-delivery.ts';
import { Wake } from './wake.ts';
import type { WorkerLog } from './worker.ts';

export interface WebhookSenderOptions {
  readonly log: WorkerLog;
  /** Milliseconds between two looks at what is to be sent. */
  readonly interval?: number;
}

const defaultInterval = 1_000;
/** Mostly waits for receivers, each of which has at most one of them. */
const mostAtOnce = 16;

/**
 * Announces uploads that ended and sends what is due to webhooks, until the returned function is called; that waits for tries
 * under way. Any number of workers may do so: each upload is announced once, and each try is one worker's.
 */
export function startWebhookSender({
  log,
  interval = defaultInterval,
}: WebhookSenderOptions): () => Promise<void> {
  const wake = new Wake();
  const stop = new AbortController();
  /** By webhook. */
  const tries = new Map<number, Promise<void>>();

  const send = async (delivery: DueDelivery) => {
    const facts = { webhookId: delivery.webhookId, deliveryId: delivery.id };
    try {
      const problem = await sendDelivery(delivery);
      if (problem !== null) {
        log.warn({ ...facts, attempt: delivery.attempts, problem }, 'A webhook was not delivered.');
      }
    } catch (error) {
      log.warn({ ...facts, error }, 'What came of a webhook could not be written down.');
    }
  };
  const look = async () => {
    if ((await announceUploads()) > 0) wake.call();
    const room = mostAtOnce - tries.size;
    if (room <= 0) return;
    for (const delivery of await takeDueDeliveries([...tries.keys()], room)) {
      const { webhookId } = delivery;
      const done = send(delivery).finally(() => {
        tries.delete(webhookId);
        // The next one for this receiver may be due already.
        wake.call();
      });
      tries.set(webhookId, done);
    }
  };
  const run = async () => {
    while (!stop.signal.aborted) {
      try {
        await look();
      } catch (error) {
        log.warn({ error }, 'Webhooks could not be looked at.');
      }
      await wake.wait(interval);
    }
    await Promise.all(tries.values());
  };
  const ended = run();
  return async () => {
    stop.abort();
    wake.call();
    await ended;
  };
}
