import { getDb, type DbTransaction } from '#lib/db/client.ts';
import type { Invitation } from '#lib/db/generated/client.ts';
import {
  userRole,
  type AcceptInvitationRequest,
  type UserResponse,
  type UserRole,
} from '../../contracts/auth.ts';
import { AppError, errors } from '../../core/errors.ts';
import type { UserActor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { createRandomSecret, hashSecret } from '../secrets.ts';
import { inTransaction } from '../transaction.ts';
import { createUser } from './create-user.ts';
import { toUserResponse } from './to-user-response.ts';

interface NewInvitation {
  readonly accountId: number;
  readonly role: UserRole;
  /** Null for whoever holds the link. */
  readonly email: string | null;
  /** Null for a link that lives until it is used or replaced. */
  readonly expiresAt: Date | null;
}

/** Makes a one-time link's secret; only its hash is stored, so it is shown now or never. */
export async function createInvitation(
  tx: DbTransaction,
  invitation: NewInvitation,
): Promise<string> {
  const secret = createRandomSecret();
  await tx.invitation.create({ data: { ...invitation, secretHash: hashSecret(secret) } });
  return secret;
}

/** What the form behind a link may show before it is used; null when the link is of no use. */
export async function readInvitation(
  secret: string,
): Promise<{ readonly email: string | null; readonly role: UserRole } | null> {
  const found = await getDb().invitation.findFirst({ where: usable(secret) });
  return found ? { email: found.email, role: userRole.parse(found.role) } : null;
}

/**
 * Turns a one-time link into a user. Whoever comes second, even at the same moment, is refused.
 *
 * @throws `invitation-invalid` (410), `invalid-fields`, `conflict`
 */
export function acceptInvitation(request: AcceptInvitationRequest): Promise<UserResponse> {
  return inTransaction(async (tx) => {
    const invitation = await claim(tx, request.secret);
    if (invitation.email !== null && invitation.email !== request.email.toLowerCase()) {
      throw errors.invalidFields({ email: `This invitation is for ${invitation.email}.` });
    }
    const role = userRole.parse(invitation.role);
    const { accountId } = invitation;
    const user = await createUser(tx, { ...request, accountId, role });
    const actor: UserActor = { kind: 'user', accountId, userId: user.id, name: user.name, role };
    await recordChange(tx, actor, {
      action: 'member.joined',
      objectKind: 'member',
      objectId: user.id,
      objectName: user.email,
      after: { name: user.name, email: user.email, role },
    });
    return toUserResponse(user);
  });
}

async function claim(tx: DbTransaction, secret: string): Promise<Invitation> {
  // The update locks the row: a second request waits here, then finds `usedAt` set.
  const [invitation] = await tx.invitation.updateManyAndReturn({
    where: usable(secret),
    data: { usedAt: new Date() },
  });
  if (invitation) {
    if (invitation.email === null) await endOtherSetupLinks(tx, invitation.accountId);
    return invitation;
  }
  throw new AppError({
    code: 'invitation-invalid',
    message: 'This link was used, replaced or has expired. Ask for a new one.',
    status: 410,
  });
}

/** Nodes that started together have each printed one; the first administrator comes from one of them. */
async function endOtherSetupLinks(tx: DbTransaction, accountId: number): Promise<void> {
  await tx.invitation.deleteMany({ where: { accountId, email: null, usedAt: null } });
}

function usable(secret: string) {
  return {
    secretHash: hashSecret(secret),
    usedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
  };
}
