import { beforeAll, expect, test } from 'vitest';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { partitionName, sortedName, stagingName, tableName } from './names.ts';
import { pageOf } from './pages.ts';
import { prepareStore } from './prepare.ts';
import { sortRows } from './sort-rows.ts';
import { attributeColumns } from './staging-writer.ts';
import { createTestTable } from './testing/fixtures.ts';
import { claim, columnId, columnsFor, load, stage, type Row } from './testing/merging.ts';
import { inTransaction } from './transaction.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

const customers = Array.from({ length: 12_000 }, (_, number) => `c${number}`);

interface SortedRow {
  readonly long: string;
  readonly page: number;
  readonly pass: number;
  readonly known: boolean;
  readonly isAtPlace: boolean;
}

/** Sorts one partition of a file beside a table that has all customers with the number 1. */
async function sortPartition(rows: readonly Row[]) {
  const table = await createTestTable();
  await load(table, [customers.map((id): Row => [id, '1'])], { types: ['long'] });
  const claimed = await claim(table);
  const columns = columnsFor(table, ['long']);
  await stage({ claimed, batch: 0, columns, rows });
  const from = partitionName(stagingName(claimed.uploadId, 0), 0);
  const into = partitionName(tableName(table.tableId), 0);
  const sorted = sortedName(stagingName(claimed.uploadId, 0), 0);
  const measured = await inTransaction(getPool(), (connection) =>
    sortRows(connection, {
      ...{ from, into, sorted, emptyCells: 'keep' },
      columns: attributeColumns(columns),
    }),
  );
  const all = await getPool().query<SortedRow>(
    `SELECT sorted.a_${columnId(table, 'long')} AS long, ${pageOf('place')} AS page, pass,
            place IS NOT NULL AS known, place IS NOT DISTINCT FROM stored.ctid AS "isAtPlace"
     FROM ${sorted} AS sorted LEFT JOIN ${into} AS stored USING (customer_id) ORDER BY sorted.ctid`,
  );
  expect(all.rows.every(({ isAtPlace }) => isAtPlace)).toBe(true);
  const { rows: stored } = await getPool().query<{ rows: number }>(
    `SELECT (count(*) / count(DISTINCT ${pageOf('ctid')}))::float8 AS rows FROM ${into}`,
  );
  return { measured, rows: all.rows, rowsOfPage: stored[0]?.rows ?? 0 };
}

test('where whole pages change, a pass changes a few rows of each', async () => {
  const { measured, rows, rowsOfPage } = await sortPartition(customers.map((id) => [id, '2']));
  expect(measured.passes).toBeGreaterThan(10);
  expect(measured.known).toBe(rows.length);
  expect(measured.firstKnown).toBe(0);
  const places = rows.map(({ pass, page }) => `${pass} ${page}`);
  const counts = Map.groupBy(places, (place) => place);
  const most = Math.max(...[...counts.values()].map((same) => same.length));
  expect(most).toBeLessThan(rowsOfPage / 4);
  // And goes over the table once, page by page.
  expect(new Set(places.filter((place, index) => place !== places[index - 1])).size).toBe(
    counts.size,
  );
  expect(rows.map(({ pass }) => pass)).toEqual(
    rows.map(({ pass }) => pass).toSorted((left, right) => left - right),
  );
});

test('where few rows of a page change, one pass does; new rows come before it, unchanged ones never', async () => {
  const changed = customers.filter((_, index) => index % 60 === 0).map((id): Row => [id, '2']);
  const unchanged = customers.filter((_, index) => index % 60 === 1).map((id): Row => [id, '1']);
  const fresh = Array.from({ length: 4_000 }, (_, number): Row => [`new${number}`, '3']);
  const { measured, rows } = await sortPartition([...changed, ...unchanged, ...fresh]);
  expect(measured.passes).toBe(1);
  expect(new Set(rows.map(({ long }) => long))).toEqual(new Set(['2', '3']));
  const firstKnown = rows.findIndex(({ known }) => known);
  expect(rows.slice(0, firstKnown).every(({ long }) => long === '3')).toBe(true);
  expect(rows.slice(firstKnown).every(({ long }) => long === '2')).toBe(true);
  expect(measured).toMatchObject({ rows: rows.length, known: rows.length - firstKnown });
  expect(measured.firstKnown).toBeGreaterThan(0);
});

test('where half of the known rows change, the others are left out', async () => {
  const { measured, rows } = await sortPartition(
    customers.map((id, index) => [id, index % 2 === 0 ? '2' : '1']),
  );
  expect(measured.rows).toBe(rows.length);
  expect(rows.every(({ long }) => long === '2')).toBe(true);
  expect(rows.length).toBeGreaterThan(customers.length / 8 / 3);
});
