import { beforeAll, expect, test } from 'vitest';
import { foldCase } from '#lib/core/audience/fold-case.ts';
import { summariseValues } from '#lib/core/insight/summarise-values.ts';
import { getPool } from '#lib/db/pool.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { columnName, tableName, type StoredColumn } from '../names.ts';
import { prepareStore } from '../prepare.ts';
import { countRows } from '../row-counts.ts';
import { createTestTable, type TestTable } from '../testing/fixtures.ts';
import { deleteProfile } from '../delete-profile.ts';
import { writeProfile } from '../write-profile.ts';
import { readValues, rowsReadWhole, type ColumnValues } from './read-values.ts';
import { suggestValues } from './suggest-values.ts';
import { readActivity } from './table-activity.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

const cities = ['Paris', 'PARMA', 'Pärnu', 'Rome', '50%', '50_', 'Ísafjörður', '', 'x'.repeat(300)];

const makers = {
  string: (pick: number) => cities[pick % cities.length] ?? '',
  bool: (pick: number) => String(pick % 2 === 0),
  long: (pick: number) => String(9_007_199_254_740_990n + BigInt(pick % 7)),
  double: (pick: number) => ['-0', '0', '0.1', '-2.5e-7', '1e+300'][pick % 5] ?? '0',
  date: (pick: number) => `2024-0${1 + (pick % 9)}-29`,
  datetime: (pick: number) => `1999-12-31 23:5${pick % 10}:00`,
  epoch: (pick: number) => String(1_651_676_123 + (pick % 40)),
} as const;

async function readAll(table: TestTable, rowCount: number): Promise<ColumnValues[]> {
  const found: ColumnValues[] = [];
  for await (const values of readValues(getPool(), { ...table, rowCount })) found.push(values);
  return found;
}

function columnFor({ columns }: TestTable, type: StoredColumn['type']): StoredColumn {
  const column = columns.find((one) => one.type === type);
  if (!column) throw new Error(`There is no ${type}.`);
  return column;
}

test('of a small table everything is exact: as counted here', async () => {
  const table = await createTestTable();
  const random = seededRandom(6);
  const written = new Map<StoredColumn, string[]>();
  const rows = 300;
  for (let row = 0; row < rows; row++) {
    const values = table.columns.flatMap((column) => {
      if (random() < 0.3) return [];
      const value = makers[column.type](Math.floor(random() ** 2 * 100));
      written.set(column, [...(written.get(column) ?? []), value]);
      return [{ ...column, value }];
    });
    await writeProfile(getPool(), { tableId: table.tableId, customerId: `c${row}`, values });
  }
  const found = await readAll(table, rows);
  expect(found).toHaveLength(table.columns.length);
  for (const { column, counts, rowsRead, isWhole } of found) {
    const values = (written.get(column) ?? []).map((value) => (value === '-0' ? '0' : value));
    const tally = Map.groupBy(values, (value) => value);
    const frequent = [...tally].filter(([value, all]) => all.length >= 5 && value.length <= 200);
    const summary = summariseValues({ type: column.type, counts, rowsRead, rowCount: rows });
    expect([rowsRead, isWhole]).toEqual([rows, true]);
    expect(summary.fillRate).toBe(values.length / rows);
    expect(summary.distinct).toBe(tally.size);
    expect(summary.top.map(({ share }) => share)).toEqual(
      frequent
        .map(([, all]) => all.length / values.length)
        .sort((a, b) => b - a)
        .slice(0, 10),
    );
    if (column.type === 'double') expect(summary).toMatchObject({ max: '1e+300' });
    if (column.type === 'long') {
      const sorted = values.map(BigInt).sort((a, b) => (a < b ? -1 : 1));
      expect([summary.min, summary.max]).toEqual([String(sorted[0]), String(sorted.at(-1))]);
    }
  }
});

test('a large table is sampled, and says so', async () => {
  const table = await createTestTable();
  const [text, number] = [columnFor(table, 'string'), columnFor(table, 'long')];
  const rows = rowsReadWhole * 2;
  await getPool().query(
    `INSERT INTO ${tableName(table.tableId)} (customer_id, updated_at, ${columnName(text.attributeId)}, ${columnName(number.attributeId)})
     SELECT 'c' || n, now(), CASE WHEN n % 4 = 0 THEN 'city ' || n % 5 END, n FROM generate_series(1, ${rows}) AS n`,
  );
  const found = await readAll(table, rows);
  for (const { column, counts, rowsRead, isWhole } of found) {
    expect(isWhole).toBe(false);
    expect(rowsRead).toBeGreaterThan(rows / 10);
    expect(rowsRead).toBeLessThan(rows / 2);
    const summary = summariseValues({ type: column.type, counts, rowsRead, rowCount: rows });
    if (column === text) {
      expect(summary.fillRate).toBeCloseTo(0.25, 1);
      expect(summary.distinct).toBe(5);
      expect(summary.top).toHaveLength(5);
    }
    if (column === number) {
      expect(summary.distinct).toBe(rows);
      expect(Number(summary.max)).toBeGreaterThan(rows * 0.9);
    }
  }
});

test('values are suggested by how they begin, in any case, the most frequent first', async () => {
  const table = await createTestTable();
  const [text, time, number] = [
    columnFor(table, 'string'),
    columnFor(table, 'datetime'),
    columnFor(table, 'long'),
  ];
  const stored: string[] = [];
  for (let row = 0; row < 90; row++) {
    const value = cities[Math.floor(Math.sqrt(row))] ?? 'Paris';
    stored.push(value);
    const values = [
      { ...text, value },
      { ...time, value: makers.datetime(row) },
      { ...number, value: String(row) },
    ];
    await writeProfile(getPool(), { tableId: table.tableId, customerId: `c${row}`, values });
  }
  const suggest = (column: StoredColumn, prefix: string, limit = 50) =>
    suggestValues(getPool(), { tableId: table.tableId, column, prefix, limit });
  for (const prefix of ['', 'p', 'PAR', 'PÄ', 'í', '50%', '50', 'rome', 'nobody', 'x']) {
    const matching = stored.filter(
      (value) =>
        value !== '' && value.length <= 200 && foldCase(value).startsWith(foldCase(prefix)),
    );
    const expected = [...Map.groupBy(matching, (value) => value)]
      .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
      .map(([value]) => value);
    expect(await suggest(text, prefix)).toEqual({ values: expected, isComplete: true });
  }
  expect(await suggest(text, '', 2)).toMatchObject({ isComplete: false });
  expect((await suggest(time, '1999-12-31T23:53')).values).toEqual(['1999-12-31 23:53:00']);
  expect((await suggest(number, '8')).values).toEqual([
    ...['8', '80', '81', '82', '83', '84', '85', '86', '87', '88', '89'],
  ]);
});

test('whatever changes a table is noticed', async () => {
  const table = await createTestTable();
  const { tableId } = table;
  const column = columnFor(table, 'string');
  const activity = async () => (await readActivity(getPool(), [0, tableId])).get(tableId) ?? 0n;
  let before = await activity();
  const changes = [
    () =>
      writeProfile(getPool(), { tableId, customerId: 'c', values: [{ ...column, value: 'a' }] }),
    () =>
      writeProfile(getPool(), { tableId, customerId: 'c', values: [{ ...column, value: 'b' }] }),
    () => deleteProfile(getPool(), { tableId, customerId: 'c' }),
  ];
  for (const change of changes) {
    await change();
    await expect.poll(activity, { timeout: 20_000 }).not.toBe(before);
    before = await activity();
  }
  expect((await countRows(getPool(), [tableId])).get(tableId)).toBe(0);
});
