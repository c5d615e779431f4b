import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RejectsCsv } from './rejects-csv.ts';
import { attributesOf, scanFile, type ScannedFile } from './scan-file.fixture.ts';

const attributes = attributesOf({ city: 'string', n: 'long' });

function rejectsFile({ options, rejects }: ScannedFile): Buffer {
  const writer = new RejectsCsv(options);
  return Buffer.concat([writer.header, ...rejects.map((reject) => writer.encode(reject))]);
}

function scan(file: Buffer | string, fileName = 'a.csv') {
  return scanFile(file, { attributes, fileName });
}

describe('RejectsCsv', () => {
  it('adds where and why to the original columns', () => {
    const file = rejectsFile(scan('city,customerId,n\nParis,c1,5\n"a, ""b""",c2,foo\nx,,1\n'));
    expect(parse(file, { columns: true })).toEqual([
      {
        city: 'a, "b"',
        customerId: 'c2',
        n: 'foo',
        error_line: '3',
        error_column: 'n',
        error_code: 'invalid-long',
        error_message:
          'Expected a whole number from -9223372036854775807 to 9223372036854775807, digits only with an optional minus sign.',
      },
      {
        city: 'x',
        customerId: '',
        n: '1',
        error_line: '4',
        error_column: 'customerId',
        error_code: 'missing-customer-id',
        error_message: 'The customer ID is missing.',
      },
    ]);
  });

  it('is accepted once it is mended, without its error columns', () => {
    const file = rejectsFile(scan('customerId,city,n\n-c1,=x,foo\nc2,\'@y,"bar"\nc3,  z ,1.0\n'));
    expect(file.toString()).toContain("'-c1,'=x,foo,2,n,");
    const mended = file.toString().replace('foo', '1').replace('bar', '-2').replace('1.0', ' 3 ');
    const again = scan(mended);
    expect(again.rejects).toEqual([]);
    expect(again.accepted.toString()).toBe('-c1,=x,1\nc2,\'@y,"-2"\nc3,  z ,3\n');
  });

  it('keeps the difference between no value and an empty text', () => {
    const file = rejectsFile(scan('customerId,city,n\nc1,,foo\nc2,"",foo\n'));
    expect(scan(file.toString().replaceAll('foo', '1')).accepted.toString()).toBe(
      'c1,,1\nc2,"",1\n',
    );
  });

  it('keeps invalid bytes, so that they are rejected again', () => {
    const bad = Buffer.concat([
      Buffer.from('customerId,city,n\nc1,'),
      Buffer.from([0xe4]),
      Buffer.from(',5\nc2,a\0b,5\n'),
    ]);
    const again = scan(rejectsFile(scan(bad)));
    expect(again.rejects.map(({ code }) => code)).toEqual(['invalid-utf8', 'nul-byte']);
  });

  it('puts rows of any shape into the columns', () => {
    const file = rejectsFile(
      scan(`customerId,city,n\nc1\nc2,a,5,"x,y",z\nc3,6'1",7\nc4,"a"b,8\nc5,x,"9\n`),
    );
    const rows = parse(file, { relax_column_count: true });
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['customerId', 'city', 'n'],
      ['c1', '', ''],
      ['c2', 'a', '5'],
      ['c3', `6'1"`, '7'],
      ['c4', '"a"b', '8'],
      ['', '', ''],
    ]);
    expect(rows[2]?.slice(7)).toEqual(['x,y', 'z']);
    expect(rows[5]?.slice(3, 6)).toEqual(['6', 'n', 'quote-never-closed']);
    expect(rows[5]?.[6]).toContain('on line 6');
  });

  it('turns tabs into commas', () => {
    const file = rejectsFile(scan('customerId\tcity\tn\nc1\tParis, France\tfoo\n', 'a.tsv'));
    expect(file.toString()).toContain('\nc1,"Paris, France",foo,2,n,invalid-long,');
  });

  it('of a rejects file is a rejects file again, guarded once', () => {
    const once = rejectsFile(scan('customerId,city,n\n=c1,=x,foo\n'));
    const twice = rejectsFile(scan(once));
    expect(twice.toString()).toBe(once.toString());
  });

  it('of any text values: mending the one bad cell brings the very row back', () => {
    const value = fc.string({
      unit: fc.constantFrom(...Array.from('\'=+-@\t\r\n ",aé1')),
      maxLength: 6,
    });
    fc.assert(
      fc.property(value, value, fc.boolean(), (id, city, isPlain) => {
        const cell = isPlain && !/["\r\n,]/.test(city) ? city : `"${city.replaceAll('"', '""')}"`;
        const row = `"x${id.replaceAll('"', '""')}",${cell}`;
        const original = scan(`customerId,city,n\n${row},1\n`);
        const file = rejectsFile(scan(`customerId,city,n\n${row},foo\n`)).toString();
        const mended = scan(file.replace(',foo,', ',1,'));
        expect(mended.rejects).toEqual([]);
        expect(mended.accepted.toString()).toBe(original.accepted.toString());
      }),
      { numRuns: 3_000 },
    );
  });
});
