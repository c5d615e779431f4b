import { z } from 'zod';
import type { RoleConfig } from '#lib/config/role-config.ts';
import type { DbTransaction } from '#lib/db/client.ts';
import type { SystemActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { createUser } from '../auth/create-user.ts';
import { createInvitation } from '../auth/invitations.ts';

/** An operator who types a password into the environment may choose a shorter one than the forms allow. */
const credentials = z.object({
  email: z.email('ADMIN_EMAIL is not an email address'),
  password: z
    .string('ADMIN_EMAIL is set without ADMIN_PASSWORD')
    .min(8, 'ADMIN_PASSWORD has fewer than 8 characters')
    .max(128, 'ADMIN_PASSWORD has more than 128 characters'),
});

/**
 * While there is no user: creates the administrator of ADMIN_EMAIL, or the secret of a one-time link.
 * Links of earlier starts die either way.
 */
export async function ensureAdministrator(
  tx: DbTransaction,
  actor: SystemActor,
  config: RoleConfig,
): Promise<string | null> {
  const { accountId } = actor;
  await tx.invitation.deleteMany({ where: { accountId, email: null, usedAt: null } });
  if ((await tx.user.count({ where: { accountId } })) > 0) return null;
  if (config.adminEmail === undefined) {
    const role = 'administrator';
    return createInvitation(tx, { accountId, role, email: null, expiresAt: null });
  }
  await createAdministrator(tx, actor, config);
  return null;
}

async function createAdministrator(
  tx: DbTransaction,
  actor: SystemActor,
  { adminEmail, adminPassword }: RoleConfig,
): Promise<void> {
  const parsed = credentials.safeParse({ email: adminEmail, password: adminPassword });
  if (!parsed.success) {
    throw new Error(`${parsed.error.issues.map((issue) => issue.message).join(', and ')}.`);
  }
  const role = 'administrator';
  const { accountId } = actor;
  const user = await createUser(tx, { accountId, role, name: 'Administrator', ...parsed.data });
  await recordChange(tx, actor, {
    action: 'member.joined',
    objectKind: 'member',
    objectId: user.id,
    objectName: user.email,
    after: { name: user.name, email: user.email, role },
  });
}
