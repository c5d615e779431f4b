import type { CreateAttributeRequest } from '../../contracts/attributes.ts';
import { checkAttributeName } from '../../core/datatypes/attribute-name.ts';
import { errors } from '../../core/errors.ts';

interface KnownAttribute {
  readonly name: string;
  readonly archivedAt: Date | null;
}

/**
 * Refuses attributes whose names break the rule or are taken, naming each fault by the path of its
 * field: `attributes.3.name`.
 *
 * @throws `invalid-fields`
 */
export function checkNewAttributes(
  attributes: readonly CreateAttributeRequest[],
  known: readonly KnownAttribute[],
): void {
  const fields: Record<string, string> = {};
  const seen = new Set<string>();
  for (const [index, { name }] of attributes.entries()) {
    const fault = nameFault(name, known, seen);
    if (fault) fields[`attributes.${index}.name`] = fault;
    seen.add(name);
  }
  if (Object.keys(fields).length > 0) throw errors.invalidFields(fields);
}

function nameFault(
  name: string,
  known: readonly KnownAttribute[],
  seen: ReadonlySet<string>,
): string | null {
  const checked = checkAttributeName(name);
  if (!checked.ok) return checked.error.message;
  if (seen.has(name)) return 'This name is in the list twice.';
  const taken = known.find((attribute) => attribute.name === name);
  if (taken?.archivedAt) return 'An archived attribute has this name. Restore it instead.';
  if (taken) return 'The table already has an attribute with this name.';
  return null;
}
