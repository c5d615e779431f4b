import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { User } from '#lib/db/generated/client.ts';
import type { InviteRequest, UserResponse, UserRole } from '../contracts/auth.ts';
import { errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { recordChange } from './audit.ts';
import { createInvitation } from './auth/invitations.ts';
import { toUserResponse } from './auth/to-user-response.ts';
import { requireRole } from './permissions.ts';
import { inTransaction } from './transaction.ts';

const invitationLifetime = 7 * 24 * 60 * 60 * 1000;

export async function listMembers(actor: Actor): Promise<UserResponse[]> {
  const users = await getDb().user.findMany({
    where: { accountId: actor.accountId },
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
  });
  return users.map(toUserResponse);
}

/** The member's own record, for the shell of the dashboard. */
export async function getMember(actor: Actor, userId: string): Promise<UserResponse> {
  return toUserResponse(await requireMember(getDb(), actor, userId));
}

/** Makes the secret of an invitation link; an earlier link for the same address dies. */
export async function inviteMember(
  actor: Actor,
  request: InviteRequest,
): Promise<{ readonly secret: string; readonly expiresAt: Date }> {
  requireRole(actor, 'administrator');
  const { accountId } = actor;
  const { role } = request;
  const email = request.email.toLowerCase();
  const expiresAt = new Date(Date.now() + invitationLifetime);
  return inTransaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email } })) {
      throw errors.conflict('There is already a user with this email address.', {
        email: 'There is already a user with this email address.',
      });
    }
    await tx.invitation.deleteMany({ where: { accountId, email, usedAt: null } });
    const secret = await createInvitation(tx, { accountId, role, email, expiresAt });
    await recordChange(tx, actor, {
      action: 'member.invited',
      objectKind: 'member',
      objectId: email,
      objectName: email,
      after: { email, role },
    });
    return { secret, expiresAt };
  });
}

export async function changeMemberRole(
  actor: Actor,
  userId: string,
  role: UserRole,
): Promise<UserResponse> {
  requireRole(actor, 'administrator');
  return inTransaction(async (tx) => {
    await lockAccount(tx, actor);
    const member = await requireMember(tx, actor, userId);
    if (member.role === role) return toUserResponse(member);
    if (role !== 'administrator') await keepOneAdministrator(tx, actor, member);
    const changed = await tx.user.update({ where: { id: member.id }, data: { role } });
    await recordChange(tx, actor, {
      action: 'member.role-changed',
      objectKind: 'member',
      objectId: member.id,
      objectName: member.email,
      before: { role: member.role },
      after: { role },
    });
    return toUserResponse(changed);
  });
}

/** Removes a person with their sessions and tokens; what they did stays in the audit trail. */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  requireRole(actor, 'administrator');
  await inTransaction(async (tx) => {
    await lockAccount(tx, actor);
    const member = await requireMember(tx, actor, userId);
    await keepOneAdministrator(tx, actor, member);
    await tx.user.delete({ where: { id: member.id } });
    await recordChange(tx, actor, {
      action: 'member.removed',
      objectKind: 'member',
      objectId: member.id,
      objectName: member.email,
      before: { name: member.name, email: member.email, role: member.role },
    });
  });
}

/** One change of people at a time: two administrators must not remove each other. */
async function lockAccount(tx: DbTransaction, actor: Actor): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Account" WHERE id = ${actor.accountId} FOR UPDATE`;
}

async function keepOneAdministrator(tx: DbTransaction, actor: Actor, member: User): Promise<void> {
  if (member.role !== 'administrator') return;
  const others = await tx.user.count({
    where: { accountId: actor.accountId, role: 'administrator', NOT: { id: member.id } },
  });
  if (others === 0) {
    throw errors.conflict('This is the last administrator. Make somebody else one first.');
  }
}

async function requireMember(db: DbTransaction, actor: Actor, userId: string): Promise<User> {
  const member = await db.user.findFirst({
    where: { id: userId, accountId: actor.accountId },
  });
  if (!member) throw errors.notFound('member', userId);
  return member;
}
