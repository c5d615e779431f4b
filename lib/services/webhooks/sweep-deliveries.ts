import { getDb } from '#lib/db/client.ts';

const day = 24 * 3_600_000;
const daysKept = 30;

/** Forgets old deliveries; those that still wait then are a paused webhook's. @returns how many */
export async function sweepDeliveries(now = Date.now()): Promise<number> {
  const { count } = await getDb().webhookDelivery.deleteMany({
    where: { createdAt: { lt: new Date(now - daysKept * day) } },
  });
  return count;
}
