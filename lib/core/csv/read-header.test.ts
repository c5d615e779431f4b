import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_HEADER_BYTES } from './header.ts';
import { readHeader } from './read-header.ts';

function read(file: string | Uint8Array, fileName = 'file.csv') {
  const start = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  return readHeader({ start, isWhole: true, fileName });
}

describe('readHeader', () => {
  it('says where the rows begin and how lines end', () => {
    expect(read('customerId,ltv\r\nc1,5\r\n')).toEqual({
      ok: true,
      value: {
        cells: ['customerId', 'ltv'],
        delimiter: ',',
        lineEnd: '\r\n',
        byteLength: 16,
        nextLine: 2,
      },
    });
  });

  it.each([
    ['a byte-order mark is skipped', '\ufeffcustomerId,a\n', ['customerId', 'a'], 16, 2],
    [
      'blanks around names are trimmed',
      ' customerId ,\ta ,"b c" \n',
      ['customerId', 'a', 'b c'],
      24,
      2,
    ],
    ['quoted names are unquoted', '"customerId","a ""b"", c"\n', ['customerId', 'a "b", c'], 26, 2],
    [
      'a name may hold line breaks',
      'customerId,"a\nb\r\nc\rd"\n',
      ['customerId', 'a\nb\r\nc\rd'],
      22,
      5,
    ],
    ['empty lines before it are skipped', '\r\n\n\rcustomerId\n', ['customerId'], 15, 5],
    ['lone carriage returns end lines', 'customerId,a\rc1,2', ['customerId', 'a'], 13, 2],
    ['the last line needs no end', 'customerId,a', ['customerId', 'a'], 12, 1],
    ['a trailing delimiter is an empty name', 'customerId,a,\n', ['customerId', 'a', ''], 14, 2],
  ])('%s', (_title, file, cells, byteLength, nextLine) => {
    expect(read(file)).toMatchObject({ ok: true, value: { cells, byteLength, nextLine } });
  });

  it.each([
    ['.tsv means tabs', 'customerId\ta,b\n', 'x.TSV', '\t', 2],
    ['and does when it is packed', 'customerId\ta,b\n', 'x.tsv.gz', '\t', 2],
    ['.tab means tabs', 'customerId\ta\n', 'x.tab', '\t', 2],
    ['.csv with tabs inside is read by its header', 'customerId\ta,b\tc\n', 'x.csv', '\t', 3],
    ['commas win where both could be', 'a\tb,customerId\n', 'x.csv', ',', 2],
    ['one column is no sign of tabs', 'customerId\n', 'x.txt', ',', 1],
    ['tabs inside quotes are no delimiters', 'customerId,"a\tb\tc"\n', 'x.csv', ',', 2],
  ])('%s', (_title, file, fileName, delimiter, columns) => {
    const header = read(file, fileName);
    expect(header).toMatchObject({ ok: true, value: { delimiter } });
    expect(header?.ok && header.value.cells.length).toBe(columns);
  });

  it.each([
    ['file-empty', ''],
    ['file-empty', '\ufeff'],
    ['file-empty', '\n\r\n'],
    ['file-not-utf8', Uint8Array.of(0xff, 0xfe, 0x63, 0x00)],
    ['file-not-utf8', Uint8Array.of(0xfe, 0xff, 0x00, 0x63)],
    ['file-not-utf8', Buffer.from('customerId,größe\n', 'latin1')],
    ['file-not-utf8', 'customerId,a\0\n'],
    ['file-not-csv', Buffer.from('504b030414000600', 'hex')],
    ['file-not-csv', Buffer.from('1f8b080000000000', 'hex')],
    ['header-quote-never-closed', 'customerId,"a\nc1,5\n'],
    ['header-malformed', 'customerId,a"b\n'],
    ['header-malformed', 'customerId,"a"b\n'],
    ['header-too-long', 'x'.repeat(MAX_HEADER_BYTES + 1)],
    ['header-too-many-columns', `customerId${',a'.repeat(1600)}\n`],
  ])('refuses with %s', (code, file) => {
    expect(read(file)).toMatchObject({ ok: false, error: { code } });
  });

  it('reads 1,001 columns', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `attribute ${index}`);
    const header = read(`customerId,${names.join(',')}\n`);
    expect(header?.ok && header.value.cells).toEqual(['customerId', ...names]);
  });

  it('asks for more bytes until the answer is sure, and then answers as for the whole file', () => {
    const piece = fc.constantFrom(
      'customerId',
      'a',
      'b',
      ',',
      '\t',
      '"',
      '""',
      '\n',
      '\r\n',
      '\r',
      ' ',
      'é',
    );
    const file = fc.array(piece, { minLength: 1, maxLength: 20 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(file, (text) => {
        const start = new TextEncoder().encode(text);
        const whole = read(start);
        for (let length = 0; length < start.length; length++) {
          const part = readHeader({
            start: start.subarray(0, length),
            isWhole: false,
            fileName: 'file.csv',
          });
          if (part !== null) expect(part).toEqual(whole);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('never asks for more than 1 MiB', () => {
    for (const filler of ['x', '"', '\n', ',', '\r']) {
      const start = Buffer.alloc(MAX_HEADER_BYTES, filler);
      expect(readHeader({ start, isWhole: false, fileName: 'a.csv' }), filler).not.toBeNull();
    }
  });
});
