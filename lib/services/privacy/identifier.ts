import { createHmac } from 'node:crypto';
import { decryptSecret, deriveKey, encryptSecret } from '../secrets.ts';

/** Text of a request that is kept only as long as it is needed, and encrypted meanwhile. */
export function sealText(requestId: number, text: string): string {
  return encryptSecret(text, contextOf(requestId));
}

export function openText(requestId: number, sealed: string): string {
  return decryptSecret(sealed, contextOf(requestId));
}

/** Recognises an ID that was asked about, and tells nobody without the master key which one it was. */
export function hashIdentifier(accountId: number, identifier: string): string {
  return createHmac('sha256', deriveKey('privacy-requests'))
    .update(`${accountId}:${identifier}`)
    .digest('hex');
}

function contextOf(requestId: number): string {
  return `privacy-request:${requestId}`;
}
