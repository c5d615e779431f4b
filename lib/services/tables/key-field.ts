import type { KeyKind } from '../../contracts/tables.ts';
import { errors } from '../../core/errors.ts';

export interface KeyField {
  readonly keyKind: string;
  readonly keyName: string | null;
}

/**
 * The customer ID field after a partial change. The Optimizely user ID has no name; the other kinds
 * need one.
 *
 * @throws `invalid-fields`
 */
export function mergeKeyField(
  stored: KeyField,
  change: { readonly keyKind?: KeyKind | undefined; readonly keyName?: string | null | undefined },
): KeyField {
  const keyKind = change.keyKind ?? stored.keyKind;
  if (keyKind === 'uid') {
    if (change.keyName) {
      throw errors.invalidFields({ keyName: 'The Optimizely user ID has no name.' });
    }
    return { keyKind, keyName: null };
  }
  const keyName = change.keyName === undefined ? stored.keyName : change.keyName;
  if (keyName === null) {
    throw errors.invalidFields({
      keyName: 'Enter the name of the cookie, parameter or variable.',
    });
  }
  return { keyKind, keyName };
}
