import { getDb } from '#lib/db/client.ts';
import type { CredentialSource } from '#lib/s3/ports.ts';
import { s3PathOf } from '../connection/s3-endpoint.ts';
import { decryptAccessKey } from './access-key.ts';

/** Access keys for the S3 endpoint. Every request asks the database, so that a key that was ended is ended everywhere. */
export function createCredentialSource(): CredentialSource {
  return {
    async find(accessKeyId) {
      const found = await getDb().credential.findUnique({
        where: { accessKeyId },
        include: { table: { select: { id: true, serviceId: true } } },
      });
      if (!found) return null;
      const isExpired = found.expiresAt !== null && found.expiresAt <= new Date();
      return {
        id: found.id,
        accessKeyId,
        secret: decryptAccessKey(found).secretAccessKey,
        tableId: found.tableId,
        prefix: `${s3PathOf(found.table)}/`,
        active: found.revokedAt === null && !isExpired,
        kind: found.kind === 'browser' ? 'browser' : 'table',
      };
    },

    async touch(credentialId) {
      // Many, not one: a key that was deleted with its table meanwhile is no error.
      await getDb().credential.updateMany({
        where: { id: credentialId },
        data: { lastUsedAt: new Date() },
      });
    },
  };
}
