import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import { prepareStore } from './prepare.ts';
import { readProfile } from './read-profile.ts';
import { countRows } from './row-counts.ts';
import { createTestTable, readValues, type TestTable } from './testing/fixtures.ts';
import { claim, columnsFor, load, merge, stage, type Row } from './testing/merging.ts';
import { writeProfile } from './write-profile.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

describe('rows are updates', () => {
  test('the later value of each attribute wins inside a batch', async () => {
    const table = await createTestTable();
    const loaded = await load(table, [
      [
        ['c1', '5', null],
        ['c2', '1', 'x'],
        ['c1', null, 'Paris'],
        ['c2', '2', null],
        ['c2', null, null],
      ],
    ]);
    expect(loaded).toEqual({ created: 2, changed: 0 });
    expect(await readValues(table, 'c1')).toEqual({ long: '5', string: 'Paris' });
    expect(await readValues(table, 'c2')).toEqual({ long: '2', string: 'x' });
  });

  test('and across batches and files', async () => {
    const table = await createTestTable();
    expect(await load(table, [[['c1', '5', null]], [['c1', null, 'Paris']]])).toEqual({
      created: 1,
      changed: 1,
    });
    expect(await load(table, [[['c1', '6', null]]])).toEqual({ created: 0, changed: 1 });
    expect(await readValues(table, 'c1')).toEqual({ long: '6', string: 'Paris' });
  });

  test('a quoted empty cell is the empty string', async () => {
    const table = await createTestTable();
    await load(table, [[['c1', null, 'Paris']], [['c1', '1', '']]]);
    expect(await readValues(table, 'c1')).toEqual({ long: '1', string: '' });
  });

  test('with "clear", the last row of a customer wins, in the columns of the file', async () => {
    const table = await createTestTable();
    await load(table, [[['c1', '5', 'Paris']]]);
    await load(table, [[['c1', 'true']]], { types: ['bool'] });
    const rows: Row[] = [
      ['c1', '6', 'Rome'],
      ['c1', null, 'Oslo'],
    ];
    expect(await load(table, [rows], { emptyCells: 'clear' })).toEqual({ created: 0, changed: 1 });
    expect(await readValues(table, 'c1')).toEqual({ string: 'Oslo', bool: 'true' });
  });

  test('equal rows are not rewritten', async () => {
    const table = await createTestTable();
    const rows: Row[] = [
      ['c1', '5', 'Paris'],
      ['c2', null, null],
    ];
    await load(table, [rows]);
    const before = await readProfile(getPool(), { ...table, customerId: 'c1' });
    expect(await load(table, [rows])).toEqual({ created: 0, changed: 0 });
    expect(await load(table, [rows], { emptyCells: 'clear' })).toEqual({ created: 0, changed: 0 });
    expect(await readProfile(getPool(), { ...table, customerId: 'c1' })).toEqual(before);
  });

  test('nor are the few that are equal where nearly all change', async () => {
    const table = await createTestTable();
    const customers = Array.from({ length: 800 }, (_, number) => `c${number}`);
    const equal = customers.filter((_, number) => number % 50 === 0);
    const rowsOf = (other: string) =>
      customers.map((id): Row => [id, equal.includes(id) ? '1' : other, null]);
    expect(await load(table, [rowsOf('1')])).toEqual({ created: 800, changed: 0 });
    const before = await readProfile(getPool(), { ...table, customerId: 'c50' });
    expect(await load(table, [rowsOf('2')])).toEqual({ created: 0, changed: 800 - 16 });
    expect(await readProfile(getPool(), { ...table, customerId: 'c50' })).toEqual(before);
    expect(await readValues(table, 'c51')).toEqual({ long: '2' });
  });

  test('a file of customer IDs only creates rows', async () => {
    const table = await createTestTable();
    expect(await load(table, [[['c1'], ['c2'], ['c1']]], { types: [] })).toEqual({
      created: 2,
      changed: 0,
    });
    expect(await readValues(table, 'c1')).toEqual({});
  });

  test('says when and by which upload a row was changed', async () => {
    const table = await createTestTable();
    const claimed = await claim(table);
    const columns = columnsFor(table, ['long']);
    await stage({ claimed, batch: 0, columns, rows: [['c1', '5']] });
    await merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
    const profile = await readProfile(getPool(), { ...table, customerId: 'c1' });
    expect(profile?.updatedAt).toEqual(claimed.startedAt);
    expect(profile?.uploadId).toBe(claimed.uploadId);
  });
});

describe('exactness', () => {
  const samples: Record<ValueType, readonly string[]> = {
    string: ['', 'NULL', '\\N', '\\.', 'a "q",\r\n\t\\', '👩‍👩‍👧 \u{10FFFF}', ' x '],
    bool: ['true', 'false', 'TRUE'],
    long: ['9223372036854775807', '-9223372036854775807', '0', '007'],
    double: ['1.7976931348623157e308', '5e-324', '-0', '0', '.5', '1.', '0.1'],
    date: ['0001-01-01', '2024-02-29', '9999-12-31'],
    datetime: ['0001-01-01T00:00:00Z', '2022-05-02T10:10:59Z', '9999-12-31T23:59:59'],
    epoch: ['0', '1651676123', '9223372036854775807'],
  };

  /** What a single write of the same text gives is the measure. */
  async function writeOne(table: TestTable, customerId: string, type: ValueType, value: string) {
    const attributeId = table.columns.find((column) => column.type === type)?.attributeId ?? 0;
    await writeProfile(getPool(), {
      tableId: table.tableId,
      customerId,
      values: [{ attributeId, type, value }],
    });
    return readValues(table, customerId);
  }

  test.each(valueTypes)(
    '%s: COPY, and combined duplicates, store what a write stores',
    async (type) => {
      const table = await createTestTable();
      const expected = await createTestTable();
      for (const [index, value] of samples[type].entries()) {
        const once = `once ${index}`;
        const twice = `twice ${index}`;
        const rows: Row[] = [
          [once, value],
          [twice, value],
          [twice, null],
        ];
        await load(table, [rows], { types: [type] });
        const written = await writeOne(expected, once, type, value);
        expect(await readValues(table, once)).toEqual(written);
        expect(await readValues(table, twice)).toEqual(written);
      }
    },
  );

  test('minus zero and zero replace each other', async () => {
    const table = await createTestTable();
    const types = ['double'] as const;
    await load(table, [[['c1', '0']]], { types });
    expect(await load(table, [[['c1', '-0']]], { types })).toEqual({ created: 0, changed: 1 });
    expect(await readValues(table, 'c1')).toEqual({ double: '-0' });
    expect(await load(table, [[['c1', '-0.0']]], { types })).toEqual({ created: 0, changed: 0 });
    expect(await load(table, [[['c1', '0']]], { types })).toEqual({ created: 0, changed: 1 });
  });
});

test('any rows in any batches give what applying them one by one gives', async () => {
  const cell = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
  const row = fc.tuple(
    fc.integer({ min: 0, max: 12 }).map((id) => `c${id}`),
    cell(fc.integer({ min: 0, max: 3 }).map(String)),
    cell(fc.constantFrom('', 'a', 'b')),
  );
  const files = fc.array(
    fc.record({
      emptyCells: fc.constantFrom<EmptyCells>('keep', 'clear'),
      batches: fc.array(fc.array(row, { minLength: 1, maxLength: 30 }), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(files, async (uploads) => {
      const table = await createTestTable();
      const model = new Map<string, (string | null)[]>();
      for (const { emptyCells, batches } of uploads) {
        const expected = { created: 0, changed: 0 };
        for (const rows of batches) {
          const before = new Map(model);
          for (const [id, ...cells] of rows) {
            const old = model.get(id) ?? cells.map(() => null);
            model.set(
              id,
              cells.map((value, index) =>
                emptyCells === 'keep' ? (value ?? old[index] ?? null) : value,
              ),
            );
          }
          for (const [id, cells] of model) {
            const old = before.get(id);
            if (!old) expected.created += 1;
            else if (cells.some((value, index) => value !== old[index])) expected.changed += 1;
          }
        }
        expect(await load(table, batches, { emptyCells })).toEqual(expected);
      }
      for (const [id, [long, string]] of model) {
        expect(await readValues(table, id)).toEqual({
          ...(typeof long === 'string' && { long }),
          ...(typeof string === 'string' && { string }),
        });
      }
      expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(model.size);
    }),
    { numRuns: 15 },
  );
}, 120_000);
