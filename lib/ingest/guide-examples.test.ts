import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileBlobStore } from '#lib/blob/file-blob-store.ts';
import { formatJsonValue } from '#lib/core/datatypes/format-json-value.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { prepareStore } from '#lib/store/prepare.ts';
import { createTestTable, readValues, type TestTable } from '#lib/store/testing/fixtures.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import {
  codeOf,
  codesIn,
  fileOf,
  readGuideTable,
  readGuideTables,
} from '#lib/testing/guide-tables.ts';
import { readRejects } from './read-rejects.ts';
import { run } from './testing/loads.ts';
import { uploadFile } from './testing/uploads.ts';

useTestDatabase();

const guide = 'csv-format.md';
let directory: string;
let blobs: FileBlobStore;

beforeAll(async () => {
  await prepareStore(getPool());
  directory = await mkdtemp(join(tmpdir(), 'opendcp-guide-'));
  blobs = await FileBlobStore.open({ directory });
});
afterAll(() => rm(directory, { recursive: true }));

/** Loads a file; gives the codes of what was rejected of it, by line. */
async function load(table: TestTable, content: string): Promise<ReadonlyMap<number, string>> {
  const uploadId = await uploadFile(blobs, table.tableId, { content });
  expect((await run(uploadId, table, { blobs })).kind).toBe('completed');
  const rejects = await Array.fromAsync(readRejects({ blobs, uploadId }));
  return new Map(rejects.map(({ line, code }) => [line, code]));
}

/** What the profile API shows of a customer: JSON by datatype; `null` when nothing is stored. */
async function stored(
  table: TestTable,
  customerId: string,
): Promise<Record<string, unknown> | null> {
  const values = await readValues(table, customerId);
  if (!values) return null;
  return Object.fromEntries(
    table.columns.flatMap(({ type }) => {
      const text = values[type];
      return text === undefined ? [] : [[type, JSON.parse(formatJsonValue(type, text)) as unknown]];
    }),
  );
}

/** A case of the guide: a cell of a file, and what it must become. */
interface CellCase {
  readonly type: string;
  readonly cell: string;
  /** A reject's code, or nothing. */
  readonly code?: string | undefined;
  /** JSON, when it is stored as more than nothing. */
  readonly value?: string | undefined;
}

/** Loads each case as a row of its own, the cases of one datatype in one file. */
async function checkCells(cases: readonly CellCase[]): Promise<void> {
  const table = await createTestTable();
  for (const [type, group] of Object.entries(Object.groupBy(cases, (one) => one.type))) {
    const rows = group?.map(({ cell }, index) => `${type}${index},${cell}\n`) ?? [];
    const codes = await load(table, `customerId,${type}\n${rows.join('')}`);
    for (const [index, { cell, code, value }] of (group ?? []).entries()) {
      const title = `${type} ${cell}`;
      const found = await stored(table, `${type}${index}`);
      expect(codes.get(index + 2), title).toEqual(code);
      if (code !== undefined) expect(found, title).toBeNull();
      else expect(found, title).toEqual(JSON.parse(`{${value ? `"${type}":${value}` : ''}}`));
    }
  }
}

test('what the public text leaves open is answered as the guide says', async () => {
  const cases = readGuideTable(guide, ['question', 'datatype', 'cell', 'answer']).map(
    ([, type = '', cell = '', answer = '']): CellCase => {
      const value = /^stored: `(.*)`$/.exec(answer)?.[1];
      const code = value === undefined ? codeOf(answer) : undefined;
      return { type, cell: fileOf(cell), value, code };
    },
  );
  expect(cases.length).toBeGreaterThan(38);
  await checkCells(cases);
});

test('cells are read as the guide says', async () => {
  const rows = readGuideTable(guide, ['row', 'what is special', 'string', 'long']);
  expect(rows.length).toBeGreaterThan(8);
  await checkCells(
    rows.flatMap(([row = '', , ...verdicts]) =>
      verdicts.map((verdict, index): CellCase => {
        const cell = /^c1,(.*),true$/.exec(codeOf(row))?.[1];
        if (cell === undefined) throw new Error(`No such row: ${row}`);
        const type = index === 0 ? 'string' : 'long';
        if (verdict === 'not mentioned') return { type, cell };
        const said = codeOf(verdict);
        return /^[a-z]/.test(said) ? { type, cell, code: said } : { type, cell, value: said };
      }),
    ),
  );
});

test('each datatype takes what the guide says, and nothing else that it names', async () => {
  const types = ['string', 'bool', 'long', 'double', 'date', 'datetime', 'epoch'];
  const rows = readGuideTable(guide, ['datatype', 'accepted', 'not accepted']);
  expect(rows.length).toBe(types.length);
  const table = await createTestTable();
  for (const [index, [, good = '', bad = '']] of rows.entries()) {
    const type = types[index] ?? '';
    const [accepted, refused] = [codesIn(good), codesIn(bad)];
    const lines = [...accepted, ...refused].map((cell, row) => `${type}${row},${cell}\n`);
    const codes = await load(table, `customerId,${type}\n${lines.join('')}`);
    const isRejected = lines.map((_, row) => codes.has(row + 2));
    expect(isRejected, type).toEqual(lines.map((_, row) => row >= accepted.length));
    for (const row of accepted.keys()) {
      expect(await stored(table, `${type}${row}`), type).toHaveProperty(type);
    }
  }
});

describe.each(['keep', 'clear'] as const)('where empty cells %s', (emptyCells) => {
  const column = { keep: 1, clear: 2 }[emptyCells];
  const [onStored = [], onNew = []] = readGuideTables(guide, ['file', 'keep', 'clear']);

  test.each([
    ...onStored.map((row) => ['a stored customer', row] as const),
    ...onNew.map((row) => ['a new customer', row] as const),
  ])('%s: %s', async (kind, row) => {
    const table = await createTestTable({ emptyCells });
    // The guide's name and LTV.
    const rename = { string: 'name', long: 'LTV' } as const;
    for (const [type, name] of Object.entries(rename)) {
      await getDb().attribute.updateMany({
        where: { tableId: table.tableId, name: type },
        data: { name },
      });
    }
    if (kind === 'a stored customer') await load(table, 'customerId,name,LTV\nc1,Ann,5\n');
    expect(await load(table, fileOf(row[0] ?? ''))).toEqual(new Map());
    const { name, LTV } = JSON.parse(codeOf(row[column] ?? '')) as Record<string, unknown>;
    const expected = {
      ...(name === undefined ? {} : { string: name }),
      ...(LTV === undefined ? {} : { long: LTV }),
    };
    expect(await stored(table, 'c1')).toEqual(expected);
  });
});
