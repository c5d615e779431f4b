import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';
import { roleConfig } from '#lib/config/role-config.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';

/**
 * Encrypts a secret for rest with a key derived from MASTER_KEY.
 * `context` says what it belongs to (`credential:AKIA…`): text moved to another context does not decrypt.
 */
export function encryptSecret(secret: string, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, deriveKey('secrets'), nonce);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${version}.${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')}`;
}

/** Undoes `encryptSecret`; throws when key, context or text is not the one it was encrypted with. */
export function decryptSecret(encrypted: string, context: string): string {
  const [found, payload] = encrypted.split('.');
  const bytes = Buffer.from(payload ?? '', 'base64url');
  if (found !== version || bytes.length < nonceBytes + tagBytes) {
    throw new Error('A stored secret is not in a form that this version reads.');
  }
  const decipher = createDecipheriv(
    algorithm,
    deriveKey('secrets'),
    bytes.subarray(0, nonceBytes),
    { authTagLength: tagBytes },
  );
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const body = bytes.subarray(nonceBytes, -tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

/** A 256-bit key for one purpose; keys of different purposes say nothing about each other. */
export function deriveKey(purpose: string, masterKey = roleConfig().masterKey): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `opendcp/${purpose}`, 32));
}

/** An unguessable text of 256 bits for links and tokens, safe in URLs. */
export function createRandomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** How links and tokens are stored: they have the entropy that makes a plain hash enough. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}
