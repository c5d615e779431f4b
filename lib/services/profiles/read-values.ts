import { parseJsonValue } from '../../core/datatypes/parse-json-value.ts';
import type { StoredValue } from '#lib/store/write-profile.ts';
import { NameHints } from './name-hints.ts';
import type { ProfileTable } from './profile-table.ts';
import { WriteFaults } from './write-faults.ts';

/**
 * Reads the `data` of a profile write. One unknown key or bad value fails the whole write, and the
 * faults are named, a hundred at most; `null` clears a value.
 *
 * @param body what `parseJsonExact` gave for the request's body.
 * @param hints those of the request that the write is part of.
 * @throws `invalid-fields` (400)
 */
export function readValues(
  table: ProfileTable,
  body: unknown,
  hints = new NameHints(table),
): StoredValue[] {
  const faults = new WriteFaults();
  const data = isObject(body) ? body['data'] : null;
  if (!isObject(data)) {
    faults.add('data', () => 'Send {"data": {"<attribute name>": <value>, ...}}.');
    faults.refuse();
    return [];
  }
  const byName = new Map(table.attributes.map((attribute) => [attribute.name, attribute]));
  const values: StoredValue[] = [];
  for (const [name, value] of Object.entries(data)) {
    const attribute = byName.get(name);
    if (!attribute) {
      faults.add(name, () => explainUnknown(table, name, hints));
      continue;
    }
    const { attributeId, type } = attribute;
    if (value === null) {
      values.push({ attributeId, type, value: null });
      continue;
    }
    const parsed = parseJsonValue(type, value);
    if (parsed.ok) values.push({ attributeId, type, value: parsed.value });
    else faults.add(name, () => parsed.error.message);
  }
  faults.refuse();
  return values;
}

function explainUnknown(table: ProfileTable, name: string, hints: NameHints): string {
  return table.archivedNames.has(name)
    ? 'The attribute is archived, so it can be neither written nor read. Restore it first.'
    : `The table has no attribute of this name.${hints.of(name)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  // A number that JavaScript cannot hold is an object of its own here.
  return Object.getPrototypeOf(value) === Object.prototype;
}
