import { beforeAll, describe, expect, test } from 'vitest';
import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { eventually } from '#lib/testing/eventually.ts';
import type { StoredColumn } from './names.ts';
import { addAttribute, createTable, dropTable, ensureTable } from './physical-tables.ts';
import { prepareStore } from './prepare.ts';
import { readProfile } from './read-profile.ts';
import { countRows, foldRowCount } from './row-counts.ts';
import { watchTableLocks } from './testing/watch-table-locks.ts';
import { writeProfile } from './write-profile.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

const columns: readonly StoredColumn[] = valueTypes.map((type, index) => ({
  attributeId: index + 1,
  type,
}));
let lastTableId = 0;

async function makeTable(): Promise<number> {
  lastTableId += 1;
  await ensureTable(getPool(), lastTableId, columns);
  return lastTableId;
}

function idOf(type: ValueType): number {
  return valueTypes.indexOf(type) + 1;
}

function set(
  tableId: number,
  customerId: string,
  values: Partial<Record<ValueType, string | null>>,
) {
  return writeProfile(getPool(), {
    tableId,
    customerId,
    values: valueTypes.flatMap((type) => {
      const value = values[type];
      return value === undefined ? [] : [{ attributeId: idOf(type), type, value }];
    }),
  });
}

async function get(tableId: number, customerId: string) {
  const profile = await readProfile(getPool(), { tableId, columns, customerId });
  if (!profile) return null;
  const entries = valueTypes.map((type) => [type, profile.values.get(idOf(type)) ?? null] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

async function count(tableId: number): Promise<number | undefined> {
  return (await countRows(getPool(), [tableId])).get(tableId);
}

describe('structure', () => {
  test('preparing, creating and dropping may be done again', async () => {
    await Promise.all([prepareStore(getPool()), prepareStore(getPool())]);
    const tableId = await makeTable();
    await createTable(getPool(), tableId);
    await addAttribute(getPool(), tableId, { attributeId: 99, type: 'long' });
    await addAttribute(getPool(), tableId, { attributeId: 99, type: 'long' });
    await set(tableId, 'c1', { long: '1' });
    await dropTable(getPool(), tableId);
    await dropTable(getPool(), tableId);
    expect(await count(tableId)).toBe(0);
  });

  test('made by several at once, a table has the columns of all', async () => {
    const tableId = (lastTableId += 1);
    await Promise.all(columns.map((column) => addAttribute(getPool(), tableId, column)));
    expect(await set(tableId, 'c1', { string: 'x', long: '1', epoch: '2' })).toBe('created');
    expect(await get(tableId, 'c1')).toEqual({ string: 'x', long: '1', epoch: '2' });
  });

  test('a new attribute is empty in the rows that were there', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { long: '1' });
    await addAttribute(getPool(), tableId, { attributeId: 99, type: 'string' });
    const profile = await readProfile(getPool(), {
      tableId,
      columns: [{ attributeId: 99, type: 'string' }],
      customerId: 'c1',
    });
    expect(profile?.values).toEqual(new Map([[99, null]]));
  });

  test('a new attribute waits for a busy table without making lookups wait', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { long: '1' });
    const busy = await getPool().connect();
    await busy.query('BEGIN');
    await busy.query(`LOCK TABLE profiles.t_${tableId} IN ROW EXCLUSIVE MODE`);
    const { pool, lockTimeouts } = watchTableLocks(getPool(), tableId);
    let isAdded = false;
    const added = addAttribute(pool, tableId, { attributeId: 99, type: 'long' }).then(() => {
      isAdded = true;
    });
    // It has had to give up, and tries again.
    await expect.poll(() => lockTimeouts.length, { timeout: 25_000 }).toBeGreaterThan(1);
    for (let round = 0; round < 200; round++) {
      expect(await get(tableId, 'c1')).toEqual({ long: '1' });
    }
    expect(isAdded).toBe(false);
    await busy.query('COMMIT');
    busy.release();
    await added;
    await dropTable(pool, tableId);
    expect(new Set(lockTimeouts)).toEqual(new Set(['100ms']));
  });

  test('a new attribute waits for VACUUM of a partition without a lock that lookups wait for', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { long: '1' });
    const vacuum = await getPool().connect();
    await vacuum.query('BEGIN');
    // The lock that VACUUM takes.
    await vacuum.query(`LOCK TABLE profiles.t_${tableId}_p7 IN SHARE UPDATE EXCLUSIVE MODE`);
    const { pool, lockTimeouts } = watchTableLocks(getPool(), tableId);
    const added = addAttribute(pool, tableId, { attributeId: 99, type: 'long' });
    let exclusive = 0;
    const tries = async () => {
      const { rowCount } = await getPool().query(
        `SELECT FROM pg_locks JOIN pg_class ON pg_class.oid = relation
         WHERE relname ~ $1 AND mode = 'AccessExclusiveLock'`,
        [`^t_${tableId}(_|$)`],
      );
      exclusive += rowCount ?? 0;
      return lockTimeouts.length;
    };
    await eventually(tries).toBeGreaterThan(2);
    expect(exclusive).toBe(0);
    await vacuum.query('COMMIT');
    vacuum.release();
    await added;
    expect(await get(tableId, 'c1')).toEqual({ long: '1' });
  });

  test('ids that are not whole numbers never reach a statement', async () => {
    await expect(createTable(getPool(), Number('1.5'))).rejects.toThrow('whole number');
    await expect(createTable(getPool(), Number.NaN)).rejects.toThrow('whole number');
  });
});

describe('values', () => {
  test.each<[ValueType, string, string?]>([
    ['string', 'plain'],
    ['string', ''],
    ['string', 'NULL'],
    ['string', '\\N'],
    ['string', '\\.'],
    ['string', 'a "quoted", two\r\nlines\ttab \\ back'],
    ['string', '👩‍👩‍👧 Größe 客户 \u{10FFFF} \u0001'],
    ['string', ' padded '],
    ['bool', 'true'],
    ['bool', 'false'],
    ['long', '9223372036854775807'],
    ['long', '-9223372036854775807'],
    ['long', '0'],
    ['double', '1.7976931348623157e308', '1.7976931348623157e+308'],
    ['double', '-1.7976931348623157e308', '-1.7976931348623157e+308'],
    ['double', '5e-324'],
    ['double', '2.2250738585072014e-308'],
    ['double', '0.1'],
    ['double', '-0', '-0'],
    ['double', '9007199254740993', '9.007199254740992e+15'],
    ['date', '2024-02-29'],
    ['date', '0001-01-01'],
    ['date', '9999-12-31'],
    ['datetime', '2022-05-02T10:10:59Z', '2022-05-02 10:10:59'],
    ['datetime', '0001-01-01T00:00:00Z', '0001-01-01 00:00:00'],
    ['datetime', '9999-12-31T23:59:59', '9999-12-31 23:59:59'],
    ['epoch', '9223372036854775807'],
    ['epoch', '0'],
  ])('%s %s comes back exactly', async (type, value, printed = value) => {
    const tableId = await makeTable();
    expect(await set(tableId, 'c1', { [type]: value })).toBe('created');
    expect(await get(tableId, 'c1')).toEqual({ [type]: printed });
    expect(await set(tableId, 'c1', { [type]: value })).toBe('unchanged');
  });

  test('a text of 1 MiB comes back exactly', async () => {
    const tableId = await makeTable();
    const value = '0123456789abcdef'.repeat(64 * 1024);
    await set(tableId, 'c1', { string: value });
    expect((await get(tableId, 'c1'))?.['string'] === value).toBe(true);
  });

  test('customer IDs are opaque, case-sensitive texts', async () => {
    const tableId = await makeTable();
    const ids = ['a', 'A', ' a', 'a ', 'ä', 'a\u0308', 'x'.repeat(1024), '\\.', '"'];
    for (const [index, id] of ids.entries()) await set(tableId, id, { long: String(index) });
    for (const [index, id] of ids.entries()) {
      expect(await get(tableId, id)).toEqual({ long: String(index) });
    }
    expect(await count(tableId)).toBe(ids.length);
  });
});

describe('writing', () => {
  test('sets what is named and leaves the rest', async () => {
    const tableId = await makeTable();
    expect(await set(tableId, 'c1', { long: '5' })).toBe('created');
    expect(await set(tableId, 'c1', { string: 'Paris' })).toBe('changed');
    expect(await get(tableId, 'c1')).toEqual({ long: '5', string: 'Paris' });
    expect(await set(tableId, 'c1', { long: null })).toBe('changed');
    expect(await get(tableId, 'c1')).toEqual({ string: 'Paris' });
  });

  test.each(valueTypes)('clearing a %s that is empty changes nothing, and ends', async (type) => {
    const tableId = await makeTable();
    expect(await set(tableId, 'c1', {})).toBe('created');
    expect(await set(tableId, 'c1', { [type]: null })).toBe('unchanged');
  });

  test('a row may be all empty', async () => {
    const tableId = await makeTable();
    expect(await set(tableId, 'c1', {})).toBe('created');
    expect(await set(tableId, 'c1', {})).toBe('unchanged');
    expect(await get(tableId, 'c1')).toEqual({});
    expect(await get(tableId, 'c2')).toBeNull();
  });

  test('minus zero replaces zero, and the other way round', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { double: '0' });
    expect(await set(tableId, 'c1', { double: '-0' })).toBe('changed');
    expect(await get(tableId, 'c1')).toEqual({ double: '-0' });
    expect(await set(tableId, 'c1', { double: '0' })).toBe('changed');
    expect(await get(tableId, 'c1')).toEqual({ double: '0' });
  });

  test('what did not change keeps its time', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { long: '5' });
    const before = await readProfile(getPool(), { tableId, columns, customerId: 'c1' });
    await set(tableId, 'c1', { long: '5' });
    const after = await readProfile(getPool(), { tableId, columns, customerId: 'c1' });
    expect(after?.updatedAt).toEqual(before?.updatedAt);
    expect(after?.uploadId).toBeNull();
  });

  test('writes of one customer at the same time create one row and lose nothing', async () => {
    const tableId = await makeTable();
    const writes = ['string', 'long', 'double', 'epoch'] as const;
    for (let round = 0; round < 20; round++) {
      await Promise.all(writes.map((type) => set(tableId, `c${round}`, { [type]: '7' })));
      expect(await get(tableId, `c${round}`)).toEqual({
        string: '7',
        long: '7',
        double: '7',
        epoch: '7',
      });
    }
    expect(await count(tableId)).toBe(20);
  });

  test('a row that others make and remove all the time is given up after ten tries', async () => {
    const tableId = await makeTable();
    await set(tableId, 'c1', { long: '1' });
    // There for the insert and gone for the update, every time.
    await getPool().query(`
      CREATE SEQUENCE updates_missed;
      CREATE FUNCTION miss_update() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN PERFORM nextval('updates_missed'); RETURN NULL; END$$;
      CREATE TRIGGER missed BEFORE UPDATE ON profiles.t_${tableId}
        FOR EACH ROW EXECUTE FUNCTION miss_update()`);
    await expect(set(tableId, 'c1', { long: '2' })).rejects.toMatchObject({
      code: 'unavailable',
      status: 503,
      message: expect.stringContaining('Try again') as string,
    });
    const { rows } = await getPool().query('SELECT last_value FROM updates_missed');
    expect(rows).toEqual([{ last_value: '10' }]);
    expect(await get(tableId, 'c1')).toEqual({ long: '1' });
  });
});

test('counts stay exact while they are folded', async () => {
  const tableId = await makeTable();
  const work = Array.from({ length: 100 }, async (_, index) => {
    await set(tableId, `c${index % 60}`, { long: '1' });
    if (index % 5 === 0) await foldRowCount(getPool(), tableId);
  });
  await Promise.all(work);
  expect(await count(tableId)).toBe(60);
  await foldRowCount(getPool(), tableId);
  expect(await count(tableId)).toBe(60);
  expect((await countRows(getPool(), [tableId, 4711])).get(4711)).toBe(0);
});
