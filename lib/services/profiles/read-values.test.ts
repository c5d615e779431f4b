import { expect, test } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { NameHints } from './name-hints.ts';
import type { ProfileTable } from './profile-table.ts';
import { readValues } from './read-values.ts';

const table: ProfileTable = {
  ...{ id: 2, serviceId: 1, name: 'CRM', isArchived: false, isOptimizely: false, aliases: [] },
  attributes: Array.from({ length: 400 }, (_, index) => ({
    ...{
      attributeId: index + 1,
      name: `attribute_name_${index}`,
      datatype: 'string',
      format: null,
    },
    type: 'string',
  })),
  archivedNames: new Set(),
};

function refusalOf(data: Readonly<Record<string, unknown>>, hints?: NameHints): AppError {
  try {
    readValues(table, { data }, hints);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('It was not refused.');
}

function unknownNames(count: number, from = 0): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`xttribute_nzme_${from + index}`, 1]),
  );
}

test('of a hundred thousand unknown names a hundred are named, and few are compared with all attributes', () => {
  const { message, fields } = refusalOf(unknownNames(100_000));
  expect(message).toMatch(/^Nothing was written\. xttribute_nzme_0: .* And 99995 more\.$/);
  expect(message).toContain('Did you mean "attribute_name_0"?');
  expect(Object.keys(fields ?? {})).toHaveLength(100);
  expect(fields?.['xttribute_nzme_99']).toBe('The table has no attribute of this name.');
});

test('the rows of one request share the names that are looked for; one that is known is told to each', () => {
  const hints = new NameHints(table);
  const rows = Array.from({ length: 50 }, (_, row) => refusalOf(unknownNames(5, 5 * row), hints));
  const hinted = rows.flatMap(({ fields }) =>
    Object.values(fields ?? {}).filter((message) => message.includes('Did you mean')),
  );
  expect(hinted).toHaveLength(20);
  expect(refusalOf({ xttribute_nzme_3: 1 }, hints).message).toContain('"attribute_name_3"');
});

test('bad values without end are counted, too', () => {
  const data = Object.fromEntries(table.attributes.map(({ name }) => [name, 1]));
  const { message, fields } = refusalOf(data);
  expect(Object.keys(fields ?? {})).toHaveLength(100);
  expect(message).toContain('And 395 more.');
});
