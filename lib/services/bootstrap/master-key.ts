import type { DbTransaction } from '#lib/db/client.ts';
import { deriveKey } from '../secrets.ts';

const key = 'masterKeyProof';

/**
 * Keeps a value derived from the master key beside the secrets that it encrypts, so that a wrong key
 * is found at the start and not when the first client is turned away.
 *
 * @throws {Error} one sentence
 */
export async function checkMasterKey(tx: DbTransaction, masterKey: string): Promise<void> {
  const proof = deriveKey('proof', masterKey).toString('hex');
  const stored = await tx.setting.findUnique({ where: { key } });
  if (!stored) {
    await tx.setting.create({ data: { key, value: proof } });
    return;
  }
  if (stored.value === proof) return;
  throw new Error(
    'MASTER_KEY is not the key that this database was set up with, so the secrets in it cannot be read: start with that key.',
  );
}
