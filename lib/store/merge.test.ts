import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Column } from '#lib/core/csv/types.ts';
import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { stripeOf } from './apply-rows.ts';
import type { EmptyCells } from './combine-duplicates.ts';
import { mergePartition } from './merge-partition.ts';
import { partitions } from './names.ts';
import { prepareStore } from './prepare.ts';
import { readProfile } from './read-profile.ts';
import { countRows } from './row-counts.ts';
import { sweepEndedUploads } from './sweep.ts';
import { attributeColumns, openStaging } from './staging-writer.ts';
import { createStaging, dropStaging, listStaging } from './staging.ts';
import {
  createTestTable,
  createTestUpload,
  readValues,
  type TestTable,
} from './testing/fixtures.ts';
import { isWaitedFor } from './testing/is-waited-for.ts';
import { ClaimLostError, claimUpload, withClaim, type ClaimedUpload } from './upload-claim.ts';
import { finishUpload, recordBatch, reportProgress, settleUpload } from './upload-ledger.ts';
import { writeProfile } from './write-profile.ts';

useTestDatabase();

/** Polled until it holds; the machine may be busy. */
const eventually = <Value>(read: () => Value) =>
  expect.poll(read, { timeout: 25_000, interval: 10 });
beforeAll(() => prepareStore(getPool()));

/** A row: customer ID, then a cell for each type; `null` is an unquoted empty cell. */
type Row = readonly [string, ...(string | null)[]];

interface Loaded {
  readonly created: number;
  readonly changed: number;
}

function columnsFor(table: TestTable, types: readonly ValueType[]): Column[] {
  return [
    { kind: 'customer-id', name: 'customerId' },
    ...types.map((type) => ({
      kind: 'attribute' as const,
      name: type,
      attributeId: table.columns.find((column) => column.type === type)?.attributeId ?? 0,
      type,
    })),
  ];
}

function toCsv(rows: readonly Row[]): Buffer {
  const quote = (cell: string | null) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`);
  return Buffer.from(rows.map((row) => `${row.map(quote).join(',')}\n`).join(''));
}

async function claim(table: TestTable): Promise<ClaimedUpload> {
  const { tableId } = table;
  const claimed = await claimUpload(getPool(), {
    uploadId: await createTestUpload(tableId),
    tableId,
  });
  if (!claimed) throw new Error('The upload is not open.');
  return claimed;
}

interface SetOptions {
  readonly claimed: ClaimedUpload;
  readonly batch: number;
  readonly columns: readonly Column[];
}

async function stage(options: SetOptions & { readonly rows: readonly Row[] }): Promise<void> {
  await createSet(options);
  await write({ ...options, kind: 'repeats' });
}

async function createSet({ claimed, batch, columns }: SetOptions): Promise<void> {
  const key = { uploadId: claimed.uploadId, batch };
  await withClaim(getPool(), claimed, (connection) =>
    createStaging(connection, key, attributeColumns(columns)),
  );
}

async function write(
  options: SetOptions & { readonly rows: readonly Row[]; readonly kind: 'new' | 'repeats' },
): Promise<void> {
  const { claimed, rows } = options;
  const writer = await openStaging(getPool(), claimed, { ...options, delimiter: ',' });
  try {
    await writer.write(toCsv(rows));
    await writer.finish();
  } finally {
    writer.discard();
  }
}

interface MergeOptions {
  readonly claimed: ClaimedUpload;
  readonly batch: number;
  readonly columns: readonly Column[];
  readonly emptyCells: EmptyCells;
}

async function merge(options: MergeOptions, only = partitions): Promise<void> {
  const { claimed, batch, columns, emptyCells } = options;
  await Promise.all(
    only.map((partition) =>
      mergePartition(getPool(), {
        claim: claimed,
        batch,
        partition,
        columns: attributeColumns(columns),
        emptyCells,
        updatedAt: claimed.startedAt,
      }),
    ),
  );
}

function record(claimed: ClaimedUpload, rows: number): Promise<void> {
  return recordBatch(getPool(), claimed, {
    rowsAccepted: rows,
    rowsRejected: 0,
    isMerged: true,
    rejectCounts: [],
    rejectSegments: [],
    warnings: [],
    checkpoint: {},
  });
}

/** Loads batches as one upload; gives what it created and changed. */
async function load(
  table: TestTable,
  batches: readonly (readonly Row[])[],
  options: { readonly types?: readonly ValueType[]; readonly emptyCells?: EmptyCells } = {},
): Promise<Loaded> {
  const { types = ['long', 'string'], emptyCells = 'keep' } = options;
  const claimed = await claim(table);
  const columns = columnsFor(table, types);
  for (const [batch, rows] of batches.entries()) {
    await stage({ claimed, batch, columns, rows });
    await merge({ claimed, batch, columns, emptyCells });
    await record(claimed, rows.length);
    await dropStaging(getPool(), { uploadId: claimed.uploadId, batch });
  }
  await finishUpload(getPool(), claimed, { state: 'completed' });
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
  return { created: Number(upload.rowsCreated), changed: Number(upload.rowsChanged) };
}

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

describe('once and only once', () => {
  const rows: Row[] = Array.from({ length: 100 }, (_, index) => [`c${index}`, String(index)]);

  async function prepare() {
    const table = await createTestTable();
    const claimed = await claim(table);
    const columns = columnsFor(table, ['long']);
    await stage({ claimed, batch: 0, columns, rows });
    return { table, claimed, merging: { claimed, batch: 0, columns, emptyCells: 'keep' as const } };
  }

  test('partitions that are merged are left alone, and counted once', async () => {
    const { claimed, merging } = await prepare();
    await merge(merging, [0, 1, 2]);
    await expect(record(claimed, 100)).rejects.toThrow('3 partitions');
    await stage({ ...merging, rows });
    await merge(merging);
    await merge(merging);
    await record(claimed, 100);
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
    expect(upload.rowsCreated).toBe(100n);
    expect(upload.rowsRead).toBe(100n);
  });

  test('a claim that was taken over writes nothing', async () => {
    const { table, claimed, merging } = await prepare();
    const taken = await claimUpload(getPool(), claimed);
    expect(taken?.attempt).toBe(claimed.attempt + 1);
    expect(taken?.startedAt).toEqual(claimed.startedAt);
    await expect(merge(merging, [0])).rejects.toThrow(ClaimLostError);
    await expect(record(claimed, 100)).rejects.toThrow(ClaimLostError);
    await expect(finishUpload(getPool(), claimed, { state: 'failed' })).rejects.toThrow(
      ClaimLostError,
    );
    expect(await reportProgress(getPool(), claimed, { bytesRead: 1 })).toBe(false);
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });

  test('a take-over waits for the step under way; the steps after it are void', async () => {
    const { claimed, merging, table } = await prepare();
    const writer = await getPool().connect();
    await writer.query('BEGIN');
    await writer.query(`LOCK TABLE profiles.t_${table.tableId}_p0`);
    const merged = merge(merging, [0]);
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE relation = 'profiles.t_${table.tableId}_p0'::regclass AND NOT granted`,
      );
      return rowCount;
    }).toBe(1);
    let isClaimed = false;
    const claiming = claimUpload(getPool(), claimed).then(() => (isClaimed = true));
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1`,
        [table.tableId],
      );
      return rowCount;
    }).toBe(1);
    expect(isClaimed).toBe(false);
    await writer.query('COMMIT');
    writer.release();
    await expect(merged).rejects.toThrow(ClaimLostError);
    await claiming;
  });

  test('what was merged before a cancel stays and is counted', async () => {
    const { claimed, merging, table } = await prepare();
    await merge(merging, [0, 1, 2]);
    await getDb().upload.update({ where: { id: claimed.uploadId }, data: { state: 'cancelled' } });
    await expect(merge(merging)).rejects.toThrow(ClaimLostError);
    await settleUpload(getPool(), claimed.uploadId);
    await settleUpload(getPool(), claimed.uploadId);
    const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
    const stored = (await countRows(getPool(), [table.tableId])).get(table.tableId);
    expect(stored).toBeGreaterThan(0);
    expect(Number(upload.rowsCreated)).toBe(stored);
    expect(upload.rowsAccepted).toBe(upload.rowsCreated);
    expect(upload.rowsRead).toBe(upload.rowsCreated);
    expect(upload.finishedAt).not.toBeNull();
  });

  test('an abort stops a merge that waits for a lock, and undoes it', async () => {
    const { claimed, merging, table } = await prepare();
    const writer = await getPool().connect();
    await writer.query('BEGIN');
    await writer.query(`LOCK TABLE profiles.t_${table.tableId}_p0`);
    const controller = new AbortController();
    const merging0 = mergePartition(getPool(), {
      claim: claimed,
      batch: 0,
      partition: 0,
      columns: attributeColumns(merging.columns),
      emptyCells: 'keep',
      updatedAt: claimed.startedAt,
      signal: controller.signal,
    });
    await eventually(async () => {
      const { rowCount } = await writer.query(
        `SELECT FROM pg_locks WHERE relation = 'profiles.t_${table.tableId}_p0'::regclass AND NOT granted`,
      );
      return rowCount;
    }).toBe(1);
    controller.abort(new Error('enough'));
    await expect(merging0).rejects.toThrow('enough');
    await writer.query('COMMIT');
    writer.release();
    expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(0);
  });
});

describe('staging', () => {
  test('is replaced when a batch is staged again; what was not finished is not in it', async () => {
    const table = await createTestTable();
    const claimed = await claim(table);
    const columns = columnsFor(table, ['long']);
    const key = { uploadId: claimed.uploadId, batch: 3 };
    const set = { claimed, batch: 3, columns };
    await createSet(set);
    const unfinished = await openStaging(getPool(), claimed, {
      ...set,
      delimiter: ',',
      kind: 'new',
    });
    await unfinished.write(toCsv([['c3', '3']]));
    unfinished.discard();

    await stage({ claimed, batch: 3, columns, rows: [['c1', '1']] });
    await stage({ claimed, batch: 3, columns, rows: [['c2', '2']] });
    await merge({ claimed, batch: 3, columns, emptyCells: 'keep' });
    expect(await readValues(table, 'c1')).toBeNull();
    expect(await readValues(table, 'c2')).toEqual({ long: '2' });
    expect(await readValues(table, 'c3')).toBeNull();
    expect(await listStaging(getPool())).toContainEqual(key);
    await dropStaging(getPool(), key);
    await dropStaging(getPool(), key);
    expect(await listStaging(getPool())).not.toContainEqual(key);
  });

  test('repeats come after all others, in their order, whichever were written first', async () => {
    const table = await createTestTable();
    const claimed = await claim(table);
    const set = { claimed, batch: 0, columns: columnsFor(table, ['long']) };
    await createSet(set);
    const repeats: Row[] = [
      ['c1', '2'],
      ['c3', '3'],
      ['c1', '1'],
    ];
    await write({ ...set, kind: 'repeats', rows: repeats });
    await Promise.all([
      write({ ...set, kind: 'new', rows: [['c1', '9']] }),
      write({ ...set, kind: 'new', rows: [['c2', '9']] }),
    ]);
    await merge({ ...set, emptyCells: 'keep' });
    expect(await readValues(table, 'c1')).toEqual({ long: '1' });
    expect(await readValues(table, 'c2')).toEqual({ long: '9' });
    expect(await readValues(table, 'c3')).toEqual({ long: '3' });
  });

  test('whoever lost the upload adds nothing to the set of who has it now', async () => {
    const table = await createTestTable();
    const lost = await claim(table);
    const columns = columnsFor(table, ['long']);
    const claimed = await claimUpload(getPool(), lost);
    if (!claimed) throw new Error('The upload is not open.');
    await createSet({ claimed, batch: 0, columns });
    for (const kind of ['new', 'repeats'] as const) {
      const late = { claimed: lost, batch: 0, columns, rows: [['c1', '1']] satisfies Row[], kind };
      await expect(write(late)).rejects.toThrow(ClaimLostError);
    }
    await expect(createSet({ claimed: lost, batch: 0, columns })).rejects.toThrow(ClaimLostError);
    await merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
    expect(await readValues(table, 'c1')).toBeNull();
  });

  test('a row that PostgreSQL refuses fails the batch', async () => {
    const table = await createTestTable();
    const claimed = await claim(table);
    const columns = columnsFor(table, ['long']);
    await expect(
      stage({ claimed, batch: 0, columns, rows: [['c1', 'not a number']] }),
    ).rejects.toThrow('invalid input syntax');
  });
});

test('remains that cannot be removed do not keep the sweep from those of other uploads', async () => {
  const table = await createTestTable();
  const columns = columnsFor(table, ['long']);
  const [stuck, other] = [await claim(table), await claim(await createTestTable())];
  for (const claimed of [stuck, other]) {
    await createSet({ claimed, batch: 0, columns });
    await finishUpload(getPool(), claimed, { state: 'failed' });
  }
  await getPool().query(
    `CREATE VIEW profiles.in_the_way AS SELECT * FROM profiles.s_${stuck.uploadId}_0`,
  );
  await expect(sweepEndedUploads(getPool())).rejects.toThrow(AggregateError);
  const staged = (await listStaging(getPool())).map(({ uploadId }) => uploadId);
  expect(staged).toContain(stuck.uploadId);
  expect(staged).not.toContain(other.uploadId);
  await getPool().query('DROP VIEW profiles.in_the_way');
  await sweepEndedUploads(getPool());
});

test('single writes during a merge lose nothing and are lost by nothing', async () => {
  const table = await createTestTable();
  const claimed = await claim(table);
  const columns = columnsFor(table, ['long']);
  const customers = Array.from({ length: 3_000 }, (_, index) => `c${index}`);
  await stage({
    claimed,
    batch: 0,
    columns,
    rows: customers.map((id, index) => [id, String(index)] as const),
  });
  const text = table.columns.find(({ type }) => type === 'string');
  if (!text) throw new Error('There is no text column.');
  // Backwards, so that the writers meet the merge (which goes up) in the middle.
  const queue = [...customers];
  const write = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const values = [{ ...text, value: id }];
      await writeProfile(getPool(), { tableId: table.tableId, customerId: id, values });
    }
  };
  const writers = Promise.all([write(), write(), write(), write()]);
  await merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
  await record(claimed, customers.length);
  await writers;
  const { rows } = await getPool().query<{ complete: string }>(
    `SELECT count(*) AS complete FROM profiles.t_${table.tableId}
     WHERE customer_id = 'c' || a_${columnId(table, 'long')}
       AND customer_id = a_${text.attributeId}`,
  );
  expect(rows[0]?.complete).toBe('3000');
  expect((await countRows(getPool(), [table.tableId])).get(table.tableId)).toBe(3_000);
});

/** A merge of one partition whose every customer changes, which waits at the last of them for `holder`. */
async function holdLastSlice() {
  const table = await createTestTable();
  const columns = columnsFor(table, ['long']);
  // So many that they fill the 16 pages that PostgreSQL adds: the last slice has rows.
  const customers = await customersOfPartition(table, 2_080);
  const rowsOf = (value: string) => customers.map((id): Row => [id, value]);
  const first = await claim(table);
  await stage({ claimed: first, batch: 0, columns, rows: rowsOf('1') });
  await merge({ claimed: first, batch: 0, columns, emptyCells: 'keep' }, [0]);
  await finishUpload(getPool(), first, { state: 'completed' });

  const claimed = await claim(table);
  await stage({ claimed, batch: 0, columns, rows: rowsOf('2') });
  const inOrder = await getPool().query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS id ORDER BY ${stripeOf('id', claimed.uploadId)}, id COLLATE "C"`,
    [customers],
  );
  const [early = '', late = ''] = [inOrder.rows[0]?.id, inOrder.rows.at(-1)?.id];
  const holder = await getPool().connect();
  await holder.query('BEGIN');
  await holder.query(
    `UPDATE profiles.t_${table.tableId} SET updated_at = now() WHERE customer_id = $1`,
    [late],
  );
  const merged = merge({ claimed, batch: 0, columns, emptyCells: 'keep' }, [0]);
  await eventually(() => isWaitedFor(holder)).toBe(true);
  return { table, claimed, customers, early, late, merged, holder };
}

test('a write of a customer waits for its slice, never for all of its partition', async () => {
  const { table, early, late, merged, holder } = await holdLastSlice();
  const text = table.columns.find(({ type }) => type === 'string');
  if (!text) throw new Error('A column is missing.');
  const values = [{ ...text, value: 'written meanwhile' }];
  await writeProfile(getPool(), { tableId: table.tableId, customerId: early, values });
  expect(await readValues(table, early)).toEqual({ long: '2', string: 'written meanwhile' });
  expect(await readValues(table, late)).toEqual({ long: '1' });
  await holder.query('COMMIT');
  holder.release();
  await merged;
  expect(await readValues(table, late)).toEqual({ long: '2' });
});

test('a cancel that counts rows while the last of them are merged counts none twice', async () => {
  const { claimed, customers, merged, holder } = await holdLastSlice();
  const { uploadId } = claimed;
  await getDb().upload.update({ where: { id: uploadId }, data: { state: 'cancelled' } });
  await settleUpload(getPool(), uploadId);
  const before = await getDb().upload.findUniqueOrThrow({ where: { id: uploadId } });
  expect(before.rowsRead).toBeGreaterThan(0n);
  await holder.query('COMMIT');
  holder.release();
  await merged;
  await settleUpload(getPool(), uploadId);
  const { rowsRead, rowsAccepted, rowsChanged } = await getDb().upload.findUniqueOrThrow({
    where: { id: uploadId },
  });
  const all = BigInt(customers.length);
  expect([rowsRead, rowsAccepted, rowsChanged]).toEqual([all, all, all]);
});

async function customersOfPartition({ tableId }: TestTable, count: number): Promise<string[]> {
  const { rows } = await getPool().query<{ id: string }>(
    `SELECT id FROM (SELECT 'c' || number AS id FROM generate_series(1, $1::int * 20) AS number) AS made
     WHERE satisfies_hash_partition($2::regclass, 8, 0, id COLLATE "C")
     LIMIT $1`,
    [count, `profiles.t_${tableId}`],
  );
  return rows.map(({ id }) => id);
}

test('a row that another writer creates during the merge is merged, not lost', async () => {
  const table = await createTestTable();
  const claimed = await claim(table);
  const columns = columnsFor(table, ['long']);
  await stage({ claimed, batch: 0, columns, rows: [['c1', '1']] });
  const writer = await getPool().connect();
  await writer.query('BEGIN');
  await writer.query(
    `INSERT INTO profiles.t_${table.tableId} (customer_id, updated_at, a_${columnId(table, 'string')})
     VALUES ('c1', now(), 'theirs')`,
  );
  const merged = merge({ claimed, batch: 0, columns, emptyCells: 'keep' });
  await eventually(() => isWaitedFor(writer)).toBe(true);
  await writer.query('COMMIT');
  writer.release();
  await merged;
  await record(claimed, 1);
  expect(await readValues(table, 'c1')).toEqual({ long: '1', string: 'theirs' });
  const upload = await getDb().upload.findUniqueOrThrow({ where: { id: claimed.uploadId } });
  expect([upload.rowsCreated, upload.rowsChanged]).toEqual([0n, 1n]);
});

function columnId(table: TestTable, type: ValueType): number {
  return table.columns.find((column) => column.type === type)?.attributeId ?? 0;
}
