import { Prisma, type PrivacyRequest } from '#lib/db/generated/client.ts';
import type { Change } from '../audit.ts';

/** What a change of a request is in the audit trail, which must not itself hold whom it was about. */
export function changeOf({ id, kind }: Pick<PrivacyRequest, 'id' | 'kind'>, what: string): Change {
  return {
    action: `privacy-request.${what}`,
    objectKind: 'privacy-request',
    objectId: id,
    objectName: kind === 'delete' ? 'Erasure of a customer' : 'Export of a customer',
  };
}

/** A request that no worker will touch again. */
export const ended = { progress: Prisma.DbNull, error: Prisma.DbNull, failures: 0 };

/** Columns of a request that does not know any more whom it was about. */
export const forgotten = { identifierEncrypted: null, subjectEncrypted: null };
