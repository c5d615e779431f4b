import { beforeAll, describe, expect, test } from 'vitest';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { prepareStore } from './prepare.ts';
import { openStaging } from './staging-writer.ts';
import { dropStaging, listStaging } from './staging.ts';
import { sweepEndedUploads } from './sweep.ts';
import { createTestTable, readValues } from './testing/fixtures.ts';
import {
  claim,
  columnsFor,
  createSet,
  merge,
  stage,
  toCsv,
  write,
  type Row,
} from './testing/merging.ts';
import { ClaimLostError, claimUpload } from './upload-claim.ts';
import { finishUpload } from './upload-ledger.ts';

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

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
