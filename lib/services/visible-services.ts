import type { Actor } from './actor.ts';

/** Which services an actor sees, as a condition: the account's, and only its own for a token of one service. */
export function visibleServices(actor: Actor): {
  readonly accountId: number;
  readonly id?: number;
} {
  const { accountId } = actor;
  const isConfined = actor.kind === 'token' && actor.serviceId !== null;
  return isConfined ? { accountId, id: actor.serviceId } : { accountId };
}
