import { expect, test } from 'vitest';
import { CustomerMatch, needlesOf } from './customer-match.ts';
import { CustomerRowFinder } from './customer-row-finder.ts';

interface FindOptions {
  readonly columns?: readonly string[] | null;
  readonly ids?: readonly string[];
  readonly aliases?: ReadonlyMap<string, ReadonlySet<string>>;
  readonly chunkBytes?: number;
  readonly hasNeedles?: boolean;
  readonly rowBytes?: number;
}

/** Lines and rows in which the customers are found. */
function find(text: string | Buffer, options: FindOptions = {}): [number, string | null][] {
  const { columns = ['customerId', 'name'], ids = ['c1'], aliases, rowBytes } = options;
  const bytes = Buffer.from(text);
  const { chunkBytes = bytes.length, hasNeedles = true } = options;
  const wanted = { ids: new Set(ids), ...(aliases ? { aliases } : {}) };
  const all = [...ids, ...[...(aliases?.values() ?? [])].flatMap((set) => [...set])];
  const finder = new CustomerRowFinder({
    match: new CustomerMatch({ columns, delimiter: ',', ...wanted }),
    delimiter: ',',
    position: { byteOffset: 0, line: 2 },
    ...(hasNeedles ? { needles: needlesOf(all) } : {}),
    ...(rowBytes === undefined ? {} : { rowBytes }),
  });
  const found = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    found.push(...finder.scan(bytes.subarray(at, at + chunkBytes)));
  }
  found.push(...finder.finish());
  return found.map(({ line, raw }) => [line, raw?.toString() ?? null]);
}

test.each([
  ['the ID alone', 'c1,Ada\n', [[2, 'c1,Ada']]],
  ['a substring of other IDs', 'c10,Ada\nxc1,Ada\nc1-2,Ada\n', []],
  ['the ID as the value of somebody else', 'c2,c1\n', []],
  ['quotes', '"c1",Ada\n', [[2, '"c1",Ada']]],
  ['blanks around quotes', ' "c1" ,Ada\n', [[2, ' "c1" ,Ada']]],
  ['blanks that belong to another ID', ' c1,Ada\n', []],
  ['several rows', 'c1,Ada\r\nc2,Bob\r\nc1,Eve', [[2, 'c1,Ada'], [4, 'c1,Eve']]], // prettier-ignore
  ['a value that spans lines', 'c2,"a\nc1,b"\nc1,x\n', [[4, 'c1,x']]],
  ['too few cells', 'c1\n', [[2, 'c1']]],
  ['too many cells', 'c2,a,c1\n', [[2, 'c2,a,c1']]],
  ['a stray quote', 'c1,a"b\nc10,a"b\n', [[2, 'c1,a"b']]],
  ['text after a quote', '"c1"x,a\nc2,"c1"x\n', [[2, '"c1"x,a'], [3, 'c2,"c1"x']]], // prettier-ignore
  ['a quote that swallows others', 'c2,"a\nc1,"b\n', [[2, null]]],
  ['a quote that never closes', 'c1,"a\nc3,b\n', [[2, null]]],
])('%s', (_case, text, expected) => {
  expect(find(text)).toEqual(expected);
  for (const chunkBytes of [1, 2, 3, 7]) expect(find(text, { chunkBytes })).toEqual(expected);
  expect(find(text, { hasNeedles: false })).toEqual(expected);
});

test.each(['a,b', 'a"b', 'a\nb', 'a\r\nb', '"', 'é', '=1', "'=1"])('the ID %j', (id) => {
  const cell = `"${id.replaceAll('"', '""')}"`;
  const text = `${cell},1\n"x${cell.slice(1)},2\n`;
  expect(find(text, { ids: [id] })).toEqual([[2, `${cell},1`]]);
});

test('a file of rejected rows guards its cells', () => {
  const columns = ['customerId', 'name', 'error_line'];
  expect(find("'=1,Ada,2\n=1,Ada,2\n", { columns, ids: ['=1'] })).toEqual([
    [2, "'=1,Ada,2"],
    [3, '=1,Ada,2'],
  ]);
});

test('aliases to the customer are in columns of their own', () => {
  const columns = ['alias:7', 'customerId', 'alias:8'];
  const aliases = new Map([['alias:7', new Set(['c1'])]]);
  const text = 'c1,u1,x\nx,u2,c1\nx,c1,x\nx,u3,x\n';
  expect(find(text, { columns, ids: ['u3'], aliases })).toEqual([
    [2, 'c1,u1,x'],
    [5, 'x,u3,x'],
  ]);
});

test('without a header any cell may be the ID, in whatever is between cells', () => {
  const text = 'c1;Ada\nc10;Ada\nx|c1|y\nc1\n';
  expect(find(text, { columns: null }).map(([line]) => line)).toEqual([2, 4, 5]);
});

test('a row that is too long to be held counts as one that names the customer', () => {
  expect(find(`x,${'y'.repeat(100)}\nc2,c1\n`, { rowBytes: 50, chunkBytes: 8 })).toEqual([
    [2, null],
  ]);
});
