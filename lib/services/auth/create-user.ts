import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { DbTransaction } from '#lib/db/client.ts';
import type { User } from '#lib/db/generated/client.ts';
import type { UserRole } from '../../contracts/auth.ts';
import { errors } from '../../core/errors.ts';

interface NewUser {
  readonly accountId: number;
  readonly role: UserRole;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Creates a user and the password to sign in with, as better-auth stores them, but inside the
 * caller's transaction, so that neither exists without the invitation's end and the audit entry.
 */
export async function createUser(tx: DbTransaction, user: NewUser): Promise<User> {
  const email = user.email.toLowerCase();
  if (await tx.user.findUnique({ where: { email } })) {
    throw errors.conflict('There is already a user with this email address.', {
      email: 'There is already a user with this email address.',
    });
  }
  const id = randomUUID();
  return tx.user.create({
    data: {
      id,
      name: user.name,
      email,
      emailVerified: true,
      role: user.role,
      accountId: user.accountId,
      logins: {
        create: {
          id: randomUUID(),
          accountId: id,
          providerId: 'credential',
          password: await hashPassword(user.password),
        },
      },
    },
  });
}
