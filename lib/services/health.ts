import { getDb } from '#lib/db/client.ts';
import { errors } from '../core/errors.ts';

/** Milliseconds after which a database that says nothing counts as one that is away. */
const patience = 3_000;

/**
 * Passes once the database answers, is migrated and holds the account of the first start.
 *
 * @throws `unavailable` (503)
 */
export async function requireReady(): Promise<void> {
  const account = await Promise.race([readAccount(), tooLate()]);
  if (!account) throw errors.unavailable('OpenDCP is still starting.');
}

async function readAccount(): Promise<object | null> {
  try {
    return await getDb().account.findFirst({ select: { id: true } });
  } catch (error) {
    throw errors.unavailable('The database cannot be reached.', error);
  }
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = errors.unavailable('The database does not answer.');
    setTimeout(() => reject(late), patience).unref();
  });
}
