import { createHash, createHmac } from 'node:crypto';

/** What a signing key is derived for: `20261123/us-east-1/s3/aws4_request`. */
export interface CredentialScope {
  /** `yyyymmdd`. */
  readonly date: string;
  readonly region: string;
}

export const signingAlgorithm = 'AWS4-HMAC-SHA256';

export function formatScope(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/s3/aws4_request`;
}

/** Derives the key that signs a day's requests to a region; four HMACs, some ten microseconds. */
export function deriveSigningKey(secret: string, scope: CredentialScope): Buffer {
  const date = hmac(`AWS4${secret}`, scope.date);
  return hmac(hmac(hmac(date, scope.region), 's3'), 'aws4_request');
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'latin1').digest();
}

/** Hex SHA-256 of a text of raw bytes (latin1). */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** @example formatDateTime(new Date(0)) // '19700101T000000Z' */
export function formatDateTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** The reverse of `formatDateTime`; null for anything else, also for the 30th of February. */
export function parseDateTime(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return null;
  const [, year, month, day, hours, minutes, seconds] = parts;
  const time = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(time.getTime()) || formatDateTime(time) !== text ? null : time;
}
