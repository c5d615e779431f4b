import type { DbTransaction } from '#lib/db/client.ts';
import type { SystemActor } from '../actor.ts';
import { registerToken } from '../tokens/register-token.ts';

/** Fit for a header, and not guessable at once. */
const fit = /^[\x21-\x7e]{8,512}$/;

/**
 * Registers ADMIN_TOKEN as a token of the first administrator. A token speaks for a person, so
 * without one it is refused rather than kept for later.
 *
 * @throws {Error} one sentence
 */
export async function registerAdminToken(
  tx: DbTransaction,
  actor: SystemActor,
  token: string,
): Promise<void> {
  if (!fit.test(token)) {
    throw new Error('ADMIN_TOKEN must be 8 to 512 printable ASCII characters without blanks.');
  }
  const administrator = await tx.user.findFirst({
    where: { accountId: actor.accountId, role: 'administrator' },
    orderBy: { createdAt: 'asc' },
  });
  if (!administrator) {
    throw new Error(
      'ADMIN_TOKEN needs an administrator to belong to: set ADMIN_EMAIL and ADMIN_PASSWORD as well, or create the administrator first.',
    );
  }
  await registerToken(tx, actor, { token, userId: administrator.id, name: 'ADMIN_TOKEN' });
}
