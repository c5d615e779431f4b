import { errors } from '../core/errors.ts';

/**
 * Refuses a change of fields that stay as they are. A caller may send them back unchanged, as
 * programs do that read an object, edit it and write it whole.
 *
 * @throws `invalid-fields`
 */
export function refuseImmutable(
  stored: Readonly<Record<string, unknown>>,
  request: Readonly<Record<string, unknown>>,
  hint = '',
): void {
  const changed = Object.keys(stored).filter(
    (field) => request[field] !== undefined && request[field] !== stored[field],
  );
  if (changed.length === 0) return;
  throw errors.invalidFields(
    Object.fromEntries(
      changed.map((field) => [field, `The ${field} cannot be changed. ${hint}`.trim()]),
    ),
  );
}
