import { getDb } from '#lib/db/client.ts';
import type { PrivacyRequest } from '#lib/db/generated/client.ts';
import { reserveIds } from '#lib/db/reserve-ids.ts';
import type {
  ConfirmPrivacyRequest,
  CreatePrivacyRequest,
  ListPrivacyRequestsParameters,
  PrivacyRequestPage,
  PrivacyRequestResponse,
} from '../../contracts/privacy-requests.ts';
import { errors } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { recordChange } from '../audit.ts';
import { requireTable } from '../tables/visible-table.ts';
import { inTransaction } from '../transaction.ts';
import { changeOf, ended, forgotten } from './audit-of-request.ts';
import { hashIdentifier, openText, sealText } from './identifier.ts';
import { toRequestResponse, toRequestSummary } from './to-request-response.ts';
import {
  requirePrivacyReader,
  requirePrivacyRequest,
  requirePrivacyWriter,
  visibleRequests,
} from './visible-request.ts';

/** The account's requests, the latest first. @throws `forbidden`, `missing-scope` */
export async function listPrivacyRequests(
  actor: Actor,
  { page, perPage }: ListPrivacyRequestsParameters,
): Promise<PrivacyRequestPage> {
  requirePrivacyReader(actor);
  const where = visibleRequests(actor);
  const [total, requests] = await Promise.all([
    getDb().privacyRequest.count({ where }),
    getDb().privacyRequest.findMany({
      where,
      orderBy: { id: 'desc' },
      skip: (page - 1) * perPage,
      take: perPage,
    }),
  ]);
  return { items: await Promise.all(requests.map(toRequestSummary)), total };
}

/** @throws `not-found`, `forbidden`, `missing-scope` */
export async function getPrivacyRequest(
  actor: Actor,
  requestId: number,
): Promise<PrivacyRequestResponse> {
  return toRequestResponse(await requirePrivacyRequest(actor, requestId));
}

/**
 * Queues a request; a worker carries it out. An erasure of a program begins at once, one of the dashboard first
 * shows what it would erase.
 *
 * @throws `forbidden`, `missing-scope`, `not-found` (the table), `invalid-fields`
 */
export async function createPrivacyRequest(
  actor: Actor,
  request: CreatePrivacyRequest & { readonly needsConfirmation: boolean },
): Promise<PrivacyRequestResponse> {
  const { kind, identifierType, identifier, tableId, needsConfirmation } = request;
  requirePrivacyWriter(actor, kind);
  if (tableId !== null) await requireMeantTable(actor, request);
  const [id] = await reserveIds('PrivacyRequest', 1);
  if (id === undefined) throw new Error('The database gave no id.');
  const identifierHash = hashIdentifier(actor.accountId, identifier);
  const created = await inTransaction(async (tx) => {
    const row = await tx.privacyRequest.create({
      data: {
        id,
        accountId: actor.accountId,
        serviceId: actor.kind === 'token' ? actor.serviceId : null,
        tableId,
        kind,
        identifierType,
        identifierEncrypted: sealText(id, identifier),
        identifierHash,
        needsConfirmation: kind === 'delete' && needsConfirmation,
        askedBy: actor.name,
      },
    });
    await recordChange(tx, actor, {
      ...changeOf(row, 'created'),
      after: { kind, identifierType, identifierHash, tableId },
    });
    return row;
  });
  return toRequestResponse(created);
}

/**
 * Lets an erasure begin that has shown what it would erase.
 *
 * @throws `invalid-fields` unless the ID was typed exactly, `conflict` in any other state.
 */
export async function confirmErasure(
  actor: Actor,
  requestId: number,
  { confirmIdentifier }: ConfirmPrivacyRequest,
): Promise<PrivacyRequestResponse> {
  requirePrivacyWriter(actor, 'delete');
  const request = await requirePrivacyRequest(actor, requestId);
  if (request.state !== 'awaiting_confirmation' || request.identifierEncrypted === null) {
    throw errors.conflict('Only an erasure that awaits confirmation can be confirmed.');
  }
  if (openText(requestId, request.identifierEncrypted) !== confirmIdentifier) {
    throw errors.invalidFields({ confirmIdentifier: 'This is not the ID of the request.' });
  }
  return change(actor, request, {
    what: 'confirmed',
    from: ['awaiting_confirmation'],
    data: { state: 'erasing', confirmedAt: new Date() },
  });
}

/** Gives a request up before anything is erased, and forgets whom it was about. @throws `conflict` */
export async function cancelPrivacyRequest(
  actor: Actor,
  requestId: number,
): Promise<PrivacyRequestResponse> {
  const request = await requirePrivacyRequest(actor, requestId);
  requirePrivacyWriter(actor, request.kind === 'delete' ? 'delete' : 'access');
  return change(actor, request, {
    what: 'cancelled',
    from: ['queued', 'searching', 'awaiting_confirmation'],
    data: { state: 'cancelled', finishedAt: new Date(), ...ended, ...forgotten },
  });
}

/** Has a failed request carried out once more, from where it stands. @throws `conflict` */
export async function retryPrivacyRequest(
  actor: Actor,
  requestId: number,
): Promise<PrivacyRequestResponse> {
  const request = await requirePrivacyRequest(actor, requestId);
  requirePrivacyWriter(actor, request.kind === 'delete' ? 'delete' : 'access');
  if (request.identifierEncrypted === null) {
    throw errors.conflict('The request does not know any more whom it was about. Make a new one.');
  }
  return change(actor, request, {
    what: 'retried',
    from: ['failed'],
    data: { state: 'queued', finishedAt: null, ...ended },
  });
}

interface RequestChange {
  /** Past participle, for the audit trail. */
  readonly what: string;
  readonly from: readonly string[];
  readonly data: Parameters<ReturnType<typeof getDb>['privacyRequest']['updateMany']>[0]['data'];
}

async function change(
  actor: Actor,
  request: PrivacyRequest,
  { what, from, data }: RequestChange,
): Promise<PrivacyRequestResponse> {
  const changed = await inTransaction(async (tx) => {
    const [row] = await tx.privacyRequest.updateManyAndReturn({
      where: { id: request.id, state: { in: [...from] } },
      data,
    });
    if (!row) throw errors.conflict(`The request cannot be ${what} in its present state.`);
    // What was searched for it is of no use without it.
    if (row.identifierEncrypted === null) {
      await tx.privacyFinding.deleteMany({ where: { requestId: row.id } });
    }
    await recordChange(tx, actor, changeOf(row, what));
    return row;
  });
  return toRequestResponse(changed);
}

async function requireMeantTable(
  actor: Actor,
  { tableId, identifierType }: CreatePrivacyRequest,
): Promise<void> {
  const table = await requireTable(getDb(), actor, tableId ?? 0);
  if (identifierType === 'dcp_id' || table.isOptimizely) return;
  throw errors.invalidFields({
    tableId: 'Optimizely user IDs are the customer IDs of the Optimizely table only.',
  });
}
