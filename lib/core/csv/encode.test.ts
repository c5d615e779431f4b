import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeExportRow, encodeRow } from './encode.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';

describe('encodeRow', () => {
  it('quotes only where it must', () => {
    expect(encodeRow(['c1', null, '', 'a,b', 'a "b"', 'two\nlines', ' x', "it's"])).toBe(
      `c1,,"","a,b","a ""b""","two\nlines"," x",it's\n`,
    );
  });

  it('is read back by others and by us', () => {
    const cell = fc.string({ unit: fc.constantFrom(...Array.from(' \t\r\n",a=é')), maxLength: 5 });
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const row = encodeRow(['c1', a, b]);
        expect(parse(row)).toEqual([['c1', a, b]]);
        const scanned = scanFile(`customerId,a,b\n${row}`, {
          attributes: attributesOf({ a: 'string', b: 'string' }),
        });
        expect(scanned.accepted.toString()).toBe(row);
      }),
    );
  });
});

describe('encodeExportRow', () => {
  it('guards formulas and leaves numbers', () => {
    expect(encodeExportRow(['=cmd|x', '-5', null])).toBe("'=cmd|x,-5,\n");
  });
});
