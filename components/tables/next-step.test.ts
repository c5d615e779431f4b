import { expect, test } from 'vitest';
import type { TableSummary } from '#lib/contracts/tables.ts';
import { findNextStep } from './next-step.ts';

function table(changes: Partial<TableSummary>): TableSummary {
  const date = '2026-01-01T00:00:00.000Z';
  return {
    id: 2,
    serviceId: 1,
    name: 'CRM',
    description: null,
    isOptimizely: false,
    keyKind: 'cookie',
    keyName: 'logged_in_id',
    emptyCells: 'keep',
    keepFilesDays: null,
    archived: false,
    attributeCount: 0,
    rowCount: 0,
    lastUpload: null,
    createdAt: date,
    updatedAt: date,
    ...changes,
  };
}

const builtIn = table({ id: 1, isOptimizely: true, keyKind: 'uid', keyName: null });

test('the built-in table alone, or an archived one, asks for a table', () => {
  expect(findNextStep([builtIn]).step).toBe('table');
  expect(findNextStep([builtIn, table({ archived: true })]).step).toBe('table');
});

test('a bare table asks for attributes, one with attributes for an upload', () => {
  expect(findNextStep([builtIn, table({})])).toMatchObject({
    step: 'attributes',
    table: { id: 2 },
  });
  expect(findNextStep([table({}), table({ id: 3, attributeCount: 4 })])).toMatchObject({
    step: 'upload',
    table: { id: 3 },
  });
});

test('any upload or row, even in the built-in table, ends the first steps', () => {
  expect(findNextStep([{ ...builtIn, rowCount: 1 }]).step).toBe('done');
});
