import { s3Errors } from './errors.ts';
import { checkKey } from './object-key.ts';
import type { Credential } from './ports.ts';

/**
 * Refuses a key that the credential does not own.
 *
 * @throws AccessDenied outside its prefix; InvalidURI and KeyTooLongError for keys that nobody may use
 */
export function authorizeKey(credential: Credential, key: string): void {
  const fault = checkKey(key);
  if (fault) throw fault;
  if (!key.startsWith(credential.prefix)) {
    throw s3Errors.AccessDenied(
      `Access Denied. This access key reaches only ${credential.prefix}.`,
    );
  }
}

/**
 * The same for reading. The folders on the way down to the prefix are no objects, which clients that look for them are
 * told; it reveals nothing that the key's owner does not know.
 *
 * @throws NoSuchKey for an ancestor, and what `authorizeKey` throws
 */
export function authorizeRead(credential: Credential, key: string): void {
  if (credential.prefix.startsWith(key.endsWith('/') ? key : `${key}/`)) {
    if (key !== credential.prefix) throw s3Errors.NoSuchKey();
  }
  authorizeKey(credential, key);
}

/** What a credential may see of a listing. */
export type ListingScope =
  | { readonly kind: 'own' }
  /** On the way down: only the next folder towards the credential's prefix exists. */
  | { readonly kind: 'way-down'; readonly commonPrefix: string };

/**
 * Confines a listing. Clients that browse start at the top, so that ancestors of the prefix can be listed
 * folder by folder, and show one folder each.
 *
 * @throws AccessDenied everywhere else
 */
export function authorizeListing(options: {
  readonly credential: Credential;
  readonly prefix: string;
  readonly delimiter: string;
}): ListingScope {
  const { credential, prefix, delimiter } = options;
  if (prefix.startsWith(credential.prefix)) return { kind: 'own' };
  if (delimiter === '/' && credential.prefix.startsWith(prefix)) {
    const end = credential.prefix.indexOf('/', prefix.length) + 1;
    return { kind: 'way-down', commonPrefix: credential.prefix.slice(0, end) };
  }
  throw s3Errors.AccessDenied(`Access Denied. This access key lists only ${credential.prefix}.`);
}
