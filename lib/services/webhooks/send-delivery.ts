import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { testEvent } from '../../contracts/webhooks.ts';
import { systemActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { inTransaction } from '../transaction.ts';
import { describeReceiver } from './describe-receiver.ts';
import { explainFailure, explainStatus } from './explain-failure.ts';
import { postMessage } from './post-message.ts';
import { pauseAfter } from './retry-plan.ts';
import { signMessage } from './sign-message.ts';
import { readWebhookSecrets } from './webhook-secret.ts';

/** Longer than a try can take: a worker that was killed with one under way is given up after it. */
const leaseSeconds = 60;
const goneReason = 'The receiver answered 410: it wants no more messages.';

export type DueDelivery = Prisma.WebhookDeliveryGetPayload<{ include: { webhook: true } }>;

/**
 * Takes deliveries whose time has come, one for each webhook: a receiver that is slow keeps nobody else waiting. Whatever is
 * taken is nobody else's until its lease ends.
 *
 * @param busy webhooks that this process is sending to.
 */
export async function takeDueDeliveries(
  busy: readonly number[],
  limit: number,
): Promise<readonly DueDelivery[]> {
  const taken = await getDb().$queryRaw<{ id: number }[]>`
    UPDATE "WebhookDelivery"
    SET attempts = attempts + 1, "lastAttemptAt" = now(),
        "nextAttemptAt" = now() + make_interval(secs => ${leaseSeconds})
    WHERE id IN (
      SELECT id FROM "WebhookDelivery"
      WHERE "nextAttemptAt" <= now() AND id IN (
        SELECT DISTINCT ON (due."webhookId") due.id
        FROM "WebhookDelivery" AS due JOIN "Webhook" AS webhook ON webhook.id = due."webhookId"
        WHERE due."nextAttemptAt" <= now() AND NOT webhook.paused
          AND webhook.id <> ALL(${[...busy]}::int[])
        ORDER BY due."webhookId", due."nextAttemptAt", due.id)
      ORDER BY "nextAttemptAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  if (taken.length === 0) return [];
  return getDb().webhookDelivery.findMany({
    where: { id: { in: taken.map(({ id }) => id) } },
    include: { webhook: true },
  });
}

interface Outcome {
  readonly status: number | null;
  /** null when it was delivered. */
  readonly problem: string | null;
  readonly milliseconds: number;
}

/**
 * Makes one try of a delivery that was taken, and writes down what came of it.
 *
 * @returns why it was not delivered, or null
 */
export async function sendDelivery(delivery: DueDelivery): Promise<string | null> {
  const outcome = await attempt(delivery);
  const pause = delivery.event === testEvent ? null : pauseAfter(delivery.attempts);
  const isGone = outcome.status === 410;
  const isOver = outcome.problem === null || isGone || pause === null;
  await inTransaction(async (tx) => {
    // Not if the lease ended meanwhile and somebody else makes the next try.
    await tx.webhookDelivery.updateMany({
      where: { id: delivery.id, attempts: delivery.attempts },
      data: {
        state: outcome.problem === null ? 'delivered' : isOver ? 'failed' : 'waiting',
        nextAttemptAt: isOver ? null : new Date(Date.now() + pause),
        lastStatus: outcome.status,
        lastError: outcome.problem,
        lastDuration: outcome.milliseconds,
      },
    });
    if (isGone) await pauseGone(tx, delivery);
  });
  return outcome.problem;
}

async function attempt({ webhook, messageId, body }: DueDelivery): Promise<Outcome> {
  const started = performance.now();
  const finish = (status: number | null, problem: string | null) => ({
    status,
    problem,
    milliseconds: Math.round(performance.now() - started),
  });
  let secrets: readonly string[];
  try {
    secrets = readWebhookSecrets(webhook);
  } catch {
    return finish(null, 'The stored secret cannot be read with this MASTER_KEY. Rotate it.');
  }
  try {
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = signMessage({ messageId, timestamp, body }, secrets);
    const status = await postMessage({ url: webhook.url, headers, body });
    return finish(status, explainStatus(status));
  } catch (error) {
    return finish(null, explainFailure(error));
  }
}

async function pauseGone(tx: DbTransaction, { webhook }: DueDelivery): Promise<void> {
  const { count } = await tx.webhook.updateMany({
    // Unless it was given another address meanwhile.
    where: { id: webhook.id, url: webhook.url, paused: false },
    data: { paused: true, pauseReason: goneReason },
  });
  if (count === 0) return;
  await recordChange(tx, systemActor(webhook.accountId), {
    action: 'webhook.paused',
    objectKind: 'webhook',
    objectId: webhook.id,
    objectName: describeReceiver(webhook.url),
    after: { paused: true, pauseReason: goneReason },
  });
}
