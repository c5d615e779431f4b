import { nearestName } from '../../core/csv/edit-distance.ts';
import { parseJsonValue } from '../../core/datatypes/parse-json-value.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredValue } from '#lib/store/write-profile.ts';
import type { ProfileTable } from './profile-table.ts';

/**
 * Reads the `data` of a profile write. One unknown key or bad value fails the whole write, and every fault
 * is named; `null` clears a value.
 *
 * @param body what `parseJsonExact` gave for the request's body.
 * @throws `invalid-fields` (400)
 */
export function readValues(table: ProfileTable, body: unknown): StoredValue[] {
  if (!isObject(body) || !isObject(body['data'])) {
    throw refuse([['data', 'Send {"data": {"<attribute name>": <value>, ...}}.']]);
  }
  const byName = new Map(table.attributes.map((attribute) => [attribute.name, attribute]));
  const values: StoredValue[] = [];
  const faults: [string, string][] = [];
  for (const [name, value] of Object.entries(body['data'])) {
    const attribute = byName.get(name);
    if (!attribute) {
      faults.push([name, explainUnknown(table, name)]);
      continue;
    }
    const { attributeId, type } = attribute;
    if (value === null) {
      values.push({ attributeId, type, value: null });
      continue;
    }
    const parsed = parseJsonValue(type, value);
    if (parsed.ok) values.push({ attributeId, type, value: parsed.value });
    else faults.push([name, parsed.error.message]);
  }
  if (faults.length > 0) throw refuse(faults);
  return values;
}

function explainUnknown(table: ProfileTable, name: string): string {
  if (table.archivedNames.has(name)) {
    return 'The attribute is archived, so it can be neither written nor read. Restore it first.';
  }
  const nearest = nearestName(
    name,
    table.attributes.map((attribute) => attribute.name),
  );
  const hint = nearest === null ? 'Register it first.' : `Did you mean "${nearest}"?`;
  return `The table has no attribute of this name. ${hint}`;
}

/** `fromEntries` makes own properties even of names such as `__proto__`. */
function refuse(faults: readonly (readonly [string, string])[]): AppError {
  const shown = faults.slice(0, 5).map(([name, message]) => `${name}: ${message}`);
  const rest = faults.length > shown.length ? ` And ${faults.length - shown.length} more.` : '';
  return new AppError({
    code: 'invalid-fields',
    message: `Nothing was written. ${shown.join(' ')}${rest}`,
    status: 400,
    fields: Object.fromEntries(faults),
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  // A number that JavaScript cannot hold is an object of its own here.
  return Object.getPrototypeOf(value) === Object.prototype;
}
