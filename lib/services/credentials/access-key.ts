import { randomInt } from 'node:crypto';
import { decryptSecret, encryptSecret } from '../secrets.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const upperCase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const digits = '0123456789';

/** Of the lengths that clients know from AWS; the secret has no +, / or =, so that a double click selects all of it. */
export function createAccessKey(): AccessKey {
  return {
    accessKeyId: `ODCP${randomText(upperCase + digits, 16)}`,
    secretAccessKey: randomText(upperCase + upperCase.toLowerCase() + digits, 40),
  };
}

export function encryptAccessKey(key: AccessKey): string {
  return encryptSecret(key.secretAccessKey, contextOf(key.accessKeyId));
}

/** @throws when MASTER_KEY is not the one that the secret was encrypted with. */
export function decryptAccessKey(stored: {
  readonly accessKeyId: string;
  readonly secretEncrypted: string;
}): AccessKey {
  return {
    accessKeyId: stored.accessKeyId,
    secretAccessKey: decryptSecret(stored.secretEncrypted, contextOf(stored.accessKeyId)),
  };
}

function contextOf(accessKeyId: string): string {
  return `credential:${accessKeyId}`;
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
