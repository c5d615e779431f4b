import { describe, expect, it } from 'vitest';

import { attributesOf, faults, scanFile, type ScanFileOptions } from './scan-file.fixture.ts';

const typed = attributesOf({ text: 'string', n: 'long', x: 'double', at: 'epoch' });

/** What COPY would get for these rows below `customerId,a,b` (two strings). */
function accept(rows: string, options?: ScanFileOptions): string {
  const scanned = scanFile(`customerId,a,b\n${rows}`, options);
  expect(faults(scanned)).toEqual([]);
  return scanned.accepted.toString();
}

/** The faults of these rows below `customerId,a,b`. */
function reject(rows: string | Buffer, options?: ScanFileOptions): string[] {
  return faults(
    scanFile(Buffer.concat([Buffer.from('customerId,a,b\n'), Buffer.from(rows)]), options),
  );
}

describe('rows that pass as they are', () => {
  it.each([
    'c1,x,y\n',
    'c1,,\n',
    'c1,"",""\n',
    'c1, x , y \n',
    '"c1","x ""y"" z","a,b"\n',
    'c1,"two\nlines","three\r\nmore\rlines"\n',
    'c1,"\n","\r"\n',
    'c1,größe,😀\n',
    "c1,it's,back\\slash\n",
    '\\.,x,y\n',
    ' c1,x,y\n',
    'c1,\t,  \n',
  ])('%j', (row) => {
    expect(accept(row)).toBe(row);
  });

  it('are slices of the chunk, one per run of good rows', () => {
    const rows = 'c1,x,y\nc2,x,y\nbad\nc3,x,y\nc4,x,y\n';
    const scanned = scanFile(`customerId,a,b\n${rows}`);
    expect(scanned.accepted.toString()).toBe(rows.replace('bad\n', ''));
    expect(faults(scanned)).toEqual(['4 - too-few-cells']);
  });

  it('with typed cells in every notation', () => {
    const rows = 'c1,x,-5,1e3,0\nc2,,,,\nc3,"","007",".5","1651676123"\n';
    const scanned = scanFile(`customerId,text,n,x,at\n${rows}`, { attributes: typed });
    expect(scanned.accepted.toString()).toBe(rows);
  });
});

describe('rows that are rewritten', () => {
  it.each([
    ['blanks around quotes', ' "c1" ,\t"x", "y"\t\n', '"c1","x","y"\n'],
    ['a blank before quotes', 'c1, "x",y\n', 'c1,"x",y\n'],
    ['a blank after quotes', 'c1,"x" ,y\n', 'c1,"x",y\n'],
    ['a blank after the last quotes', 'c1,x,"y" \n', 'c1,x,"y"\n'],
    ['a blank before doubled quotes', 'c1, "a ""b""",y\n', 'c1,"a ""b""",y\n'],
    ['another line end than the header', 'c1,x,y\r\nc2,x,y\rc3,x,y\n', 'c1,x,y\nc2,x,y\nc3,x,y\n'],
    ['no line end at the end', 'c1,x,y\nc2,x,"y"', 'c1,x,y\nc2,x,"y"\n'],
    ['a carriage return at the end', 'c1,x,y\r', 'c1,x,y\n'],
    ['empty lines are skipped', '\n\nc1,x,y\n\r\n\r\rc2,x,y\n\n', 'c1,x,y\nc2,x,y\n'],
  ])('%s', (_title, rows, expected) => {
    expect(accept(rows)).toBe(expected);
  });

  it('typed cells lose the blanks around them; blanks alone mention nothing', () => {
    const scanned = scanFile('customerId,text,n,x,at\nc1, x , 5 ,\t-.5,  \n', {
      attributes: typed,
    });
    expect(scanned.accepted.toString()).toBe('c1, x ,5,-.5,\n');
  });

  it('a lone \\. never reaches COPY unquoted', () => {
    const scanned = scanFile('customerId\n\\.\n"\\."\n\\.x\nc1\n', { attributes: [] });
    expect(scanned.accepted.toString()).toBe('"\\."\n"\\."\n\\.x\nc1\n');
  });

  it.each([
    [
      '\r\n',
      'customerId,a,b\r\nc1,x,"y\nz"\r\nc2,x,y\nc3,x,y',
      'c1,x,"y\nz"\r\nc2,x,y\r\nc3,x,y\r\n',
    ],
    ['\r', 'customerId,a,b\rc1,x,y\rc2,x,y\r\nc3,x,y\n', 'c1,x,y\rc2,x,y\rc3,x,y\r'],
  ])('all rows get the header line end %j', (_lineEnd, file, expected) => {
    expect(scanFile(file).accepted.toString()).toBe(expected);
  });
});

describe('tab-separated files', () => {
  it('commas are text, tabs are no blanks', () => {
    const scanned = scanFile('customerId\ta\tb\nc1\tx,y\t "z" \nc2\t\t\n', { fileName: 'a.tsv' });
    expect(scanned.accepted.toString()).toBe('c1\tx,y\t"z"\nc2\t\t\n');
    expect(scanned.options.delimiter).toBe('\t');
  });
});

describe('rejected rows', () => {
  it.each([
    ['c1,x\n', ['2 - too-few-cells']],
    ['c1,x,y,\n', ['2 - too-many-cells']],
    [' \n', ['2 - too-few-cells']],
    [',x,y\n', ['2 customerId missing-customer-id ""']],
    ['"",x,y\n', ['2 customerId missing-customer-id ""']],
    ['  ,x,y\n', ['2 customerId missing-customer-id "  "']],
    ['"\n",x,y\n', ['2 customerId missing-customer-id "\\n"']],
    ['c1,6\'1",y\n', ['2 a stray-quote "6\'1\\""']],
    ['c1,x y" z,"y"\n', ['2 a stray-quote "x y\\" z"']],
    ['c1,"x"y,z\n', ['2 a text-after-quote "\\"x\\"y"']],
    ['c1, "x" "y",z\n', ['2 a text-after-quote " \\"x\\" \\"y\\""']],
    ['c1,x,"y\nc2,x,y\n', ['2 b quote-never-closed "\\"y\\nc2,x,y\\n"']],
    ['c1,a\0b,y\n', ['2 a nul-byte "a␀b"']],
    ['c1,5,a\nc2,"\nx",y"\nc3,x\n', ['3 b stray-quote "y\\""', '5 - too-few-cells']],
  ])('%j', (rows, expected) => {
    expect(reject(rows)).toEqual(expected);
  });

  it('typed cells by their datatype', () => {
    const rows = [
      'c1,x,foo,1,1',
      'c2,x,9223372036854775808,1,1',
      'c3,x,1,1e400,1',
      'c4,x,1,"2,3",1',
      'c5,x,1,1,-1',
      'c6,x,"",1,1',
      'c7,x," 5",1,1',
      'c8,x,1,1,"1\n"',
    ].join('\n');
    const scanned = scanFile(`customerId,text,n,x,at\n${rows}\n`, { attributes: typed });
    expect(faults(scanned)).toEqual([
      '2 n invalid-long "foo"',
      '3 n long-out-of-range "9223372036854775808"',
      '4 x double-out-of-range "1e400"',
      '5 x invalid-double "2,3"',
      '6 at invalid-epoch "-1"',
      '7 n empty-not-allowed ""',
      '8 n invalid-long " 5"',
      '9 at invalid-epoch "1\\n"',
    ]);
  });

  it('the shape of a row comes before its values', () => {
    const scanned = scanFile('customerId,text,n,x,at\nc1,a, b,foo,1,1\n', { attributes: typed });
    expect(faults(scanned)).toEqual(['2 - too-many-cells']);
  });

  it('invalid UTF-8, in the cell that holds it', () => {
    const rows = Buffer.concat([
      Buffer.from('c1,ä,y\nc2,'),
      Buffer.from([0xe4]),
      Buffer.from(',y\nc3,x,'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('\nc4,ö,y\n'),
    ]);
    expect(reject(rows)).toEqual(['3 a invalid-utf8 "�"', '4 b invalid-utf8 "���"']);
  });

  it('know where they stand and keep their bytes', () => {
    const scanned = scanFile('\ufeffcustomerId,a,b\r\nc1,"é\n",y\r\nbad,"r\now"\r\nc2,x,y\r\n');
    expect(scanned.rejects).toMatchObject([{ line: 4, byteOffset: 31, code: 'too-few-cells' }]);
    expect(scanned.rejects[0]?.raw.toString()).toBe('bad,"r\now"');
  });

  it('a quote that never closes is told with the line on which it opened', () => {
    const scanned = scanFile('customerId,a,b\nc1,x,y\nc2,"1\n2\n3","open\nc3,x,y\n');
    expect(scanned.rejects).toMatchObject([
      { line: 3, quoteLine: 5, column: 'b', code: 'quote-never-closed' },
    ]);
    expect(scanned.acceptedRows).toBe(1);
  });

  it('values are cut to 200 characters, never through a surrogate pair', () => {
    const rows = `c1,${'x'.repeat(199)}😀"\n`;
    const scanned = scanFile(`customerId,a,b\n${rows}c2,y"${'z'.repeat(500)},\n`);
    expect(scanned.rejects.map(({ value }) => value)).toEqual([
      'x'.repeat(199),
      `y"${'z'.repeat(198)}`,
    ]);
  });
});

describe('limits', () => {
  const id = 'c'.repeat(1024);

  it('customer IDs of 1024 bytes', () => {
    expect(accept(`${id},x,y\n`)).toBe(`${id},x,y\n`);
    expect(accept(`"${id.slice(1)}""",x,y\n`)).toBe(`"${id.slice(1)}""",x,y\n`);
    expect(reject(`${id}c,x,y\n"${id}""",x,y\n`)).toEqual([
      `2 customerId customer-id-too-long "${'c'.repeat(200)}"`,
      `3 customerId customer-id-too-long "${'c'.repeat(200)}"`,
    ]);
  });

  it('values of 1 MiB, counted without quoting', () => {
    const value = 'v'.repeat(1024 * 1024 - 1);
    const rows = `c1,${value}w,y\nc2,"${value}""",y\n`;
    expect(accept(rows)).toBe(rows);
    expect(
      reject(`c1,${value}ww,y\nc2,"""${value}""",y\nc3,x,y`).map((fault) => fault.slice(0, 18)),
    ).toEqual(['2 a value-too-long', '3 a value-too-long']);
  });

  it.each([64, 4096, 1 << 20])('rows of 4 MiB, line end not counted, in chunks of %d', (chunk) => {
    const names = ['a', 'b', 'd', 'e', 'f'];
    const attributes = attributesOf(
      Object.fromEntries(names.map((name) => [name, 'string'] as const)),
    );
    const limits = { cellBytes: 1000, rowBytes: 4000 };
    const value = 'v'.repeat(1000);
    const row = (last: number) => ['c', value, value, value, 'x', value.slice(0, last)].join(',');
    const fits = row(4000 - row(0).length);
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const scanned = scanFile(['customerId,a,b,d,e,f', fits, `${fits}v`, fits, ''].join(lineEnd), {
        attributes,
        limits,
        chunks: [chunk],
      });
      expect(scanned.acceptedRows).toBe(2);
      expect(scanned.rejects).toMatchObject([{ line: 3, code: 'row-too-long', column: null }]);
      expect(scanned.rejects[0]?.raw.length).toBe(4000);
    }
  });

  it('rows of 4 MiB at their real size', () => {
    const names = ['a', 'b', 'd', 'e', 'f'];
    const attributes = attributesOf(
      Object.fromEntries(names.map((name) => [name, 'string'] as const)),
    );
    const value = 'v'.repeat(1024 * 1024);
    const row = (last: number) => ['c', value, value, value, 'x', value.slice(0, last)].join(',');
    const fits = row(4 * 1024 * 1024 - row(0).length);
    const scanned = scanFile(`customerId,a,b,d,e,f\n${fits}\n${fits}v\n${fits}\n`, {
      attributes,
      chunks: [256 * 1024],
    });
    expect(scanned.acceptedRows).toBe(2);
    expect(scanned.rejects).toMatchObject([{ line: 3, code: 'row-too-long', column: null }]);
    expect(scanned.rejects[0]?.raw.length).toBe(4 * 1024 * 1024);
  });

  it('an endless row is passed over in bounded memory, and the next row counts on', () => {
    const limits = { cellBytes: 100, rowBytes: 400 };
    const rows = `c1,x,y\nc2,"${'a\n'.repeat(50_000)}",y\nc3,x,y\n`;
    const scanned = scanFile(`customerId,a,b\n${rows}`, { limits, chunks: [1000] });
    expect(scanned.accepted.toString()).toBe('c1,x,y\nc3,x,y\n');
    expect(scanned.rejects).toMatchObject([{ line: 3, byteOffset: 22, code: 'row-too-long' }]);
    expect(scanned.rejects[0]?.raw.length).toBe(400);
    expect(scanned.checkpoints.at(-1)?.position).toEqual({
      byteOffset: 15 + rows.length,
      line: 50_005,
    });
  });
});

describe('warnings', () => {
  it('count epochs above 99,999,999,999, in accepted rows only', () => {
    const rows = [
      'c1,x,1,1,1651676123000',
      'c2,x,1,1,99999999999',
      'c3,x,1,1,100000000000',
      'c4,x,1,1,0000099999999999',
      'c5,x,1,1, 000100000000000',
      'c6,x,1,foo,1651676123000',
      ',x,1,1,1651676123000',
    ].join('\n');
    const scanned = scanFile(`customerId,text,n,x,at\n${rows}\n`, { attributes: typed });
    expect(scanned.acceptedRows).toBe(5);
    expect(scanned.warnings).toEqual([
      { column: 'at', code: 'epoch-looks-like-milliseconds', rows: 3 },
    ]);
  });
});

describe('a rejects file that is uploaded again', () => {
  it('loses its error columns and formula guards', () => {
    const file =
      "customerId,a,error_line,b,error_code\n'=c1,'-x,7,\"''@y\",foo\nc2,'x,,5,\n'-3,,,,\n";
    const scanned = scanFile(file);
    expect(scanned.accepted.toString()).toBe('=c1,-x,"\'@y"\nc2,\'x,5\n-3,,\n');
    expect(scanned.rejects).toEqual([]);
  });

  it('keeps apostrophes in every other file', () => {
    expect(accept("c1,'=x,''-y\n")).toBe("c1,'=x,''-y\n");
  });
});
