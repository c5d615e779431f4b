import { describe, expect, it } from 'vitest';

import { attributesOf, scanFile } from './scan-file.fixture.ts';
import { seedTables } from './seed-validity.fixture.ts';

describe.each(seedTables)('$title', ({ column, type, rows }) => {
  const attributes = attributesOf({ [column]: type });

  it.each(rows)('row %s: %s is %s', (id, cell, verdict) => {
    const scanned = scanFile(`customerId,${column}\n${id},${cell}\n`, { attributes });
    if (verdict === 'valid') {
      expect(scanned.accepted.toString()).toBe(`${id},${cell}\n`);
      expect(scanned.rejects).toEqual([]);
    } else {
      expect(scanned.acceptedRows).toBe(0);
      expect(scanned.rejects).toMatchObject([{ line: 2, column, value: cell.replaceAll('"', '') }]);
    }
  });

  it('as one file: each row by itself', () => {
    const file = `customerId,${column}\n${rows.map(([id, cell]) => `${id},${cell}`).join('\n')}`;
    const scanned = scanFile(file, { attributes });
    const valid = rows.filter(([, , verdict]) => verdict === 'valid');
    expect(scanned.accepted.toString()).toBe(valid.map(([id, cell]) => `${id},${cell}\n`).join(''));
    expect(scanned.acceptedRows + scanned.rejects.length).toBe(rows.length);
  });
});

it('the example row of the format requirements, blanks before its quotes and all', () => {
  const attributes = attributesOf({ name: 'string', height: 'string' });
  const row = `  "CustomerId1", "John Doe", "Height: 6'1"""`;
  const scanned = scanFile(`customerId,name,height\n${row}`, { attributes });
  expect(scanned.accepted.toString()).toBe(`"CustomerId1","John Doe","Height: 6'1"""\n`);
});
