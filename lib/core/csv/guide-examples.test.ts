import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { valueTypes } from '../datatypes/types.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';

const guide = readFileSync(new URL('../../../docs/guides/csv-format.md', import.meta.url), 'utf8');
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };

/** Files of the guide's table of examples, which all hold the same two rows. */
const files = [...guide.matchAll(/^\| `([^`]*\\[nr][^`]*)` +\|/gm)].map(([, text = '']) =>
  text.replaceAll(/\\[nrt]/g, (escape) => escapes[escape] ?? escape),
);

describe('the files of the guide', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(7);
  });

  it.each(files)('%j', (file) => {
    const scanned = scanFile(file, { attributes: attributesOf({ LTV: 'long' }) });
    expect(scanned.rejects).toEqual([]);
    const rows: string[][] = parse(scanned.accepted, {
      delimiter: scanned.options.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      ltrim: true,
    });
    const isReversed = scanned.options.columns[0]?.kind === 'attribute';
    expect(rows.map((row) => (isReversed ? row.toReversed() : row))).toEqual([
      ['c1', '1'],
      ['c2', '2'],
    ]);
  });
});

/** Rows of the guide's table of open questions: datatype, cell and answer. */
const questions = [
  ...guide.matchAll(/^\| [^|]+\| (\w+) +\| `(.*?)` +\| (?:(stored)|`([\w-]+)`) +\|$/gm),
];

describe('the answers of the guide to what is open', () => {
  it('are there', () => {
    expect(questions.length).toBeGreaterThan(35);
  });

  it.each(questions.map(([, type, cell, , code]) => [type, cell, code ?? 'stored']))(
    '%s `%s`: %s',
    (name, cell, answer) => {
      const type = valueTypes.find((known) => known === name);
      if (!type) throw new Error(`${name} is no datatype.`);
      const { rejects } = scanFile(`customerId,value\nc1,${cell}\n`, {
        attributes: attributesOf({ value: type }),
      });
      expect(rejects.map(({ code }) => code)).toEqual(answer === 'stored' ? [] : [answer]);
    },
  );
});
