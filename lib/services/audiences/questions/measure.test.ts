import { expect, test } from 'vitest';
import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import { placesOf } from '#lib/core/audience/places.ts';
import {
  catalogOf,
  hubTableId,
  worldAttributes,
} from '#lib/core/audience/testing/arbitrary-world.ts';
import { getPool } from '#lib/db/pool.ts';
import { ask } from '#lib/store/audience/ask.ts';
import { writeProfile } from '#lib/store/write-profile.ts';
import { prepareWorlds } from '#lib/store/testing/audience-parity.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { glanceAt, measureExactly } from './measure.ts';
import { recallTotal } from './profile-total.ts';

useTestDatabase();

const aliasedTable = { tableId: 2, aliasAttributeId: 902 };
const space = { hubTableId, tables: [aliasedTable] };
const alias = { attributeId: aliasedTable.aliasAttributeId, type: 'string', value: 'c1' } as const;
const catalog = catalogOf({ attributes: worldAttributes, audiences: [] });
const everybody = bindConditions(
  {
    kind: 'or',
    conditions: [
      {
        kind: 'not',
        condition: {
          kind: 'attribute',
          tableId: 2,
          attributeId: 200,
          match: 'exists',
          value: null,
          ignoreCase: false,
        },
      },
    ],
  },
  { catalog },
).condition;

test('who came since the total was counted is in the total, too', async () => {
  await prepareWorlds();
  const pool = getPool();
  const options = { space, now: new Date(), places: placesOf(everybody) };
  const measure = async (question: typeof glanceAt, recalled = recallTotal(pool, space)) => {
    const asked = { ...options, recalled: await recalled };
    return ask(pool, (connection) => question(connection, asked), { canceller: pool });
  };
  await writeProfile(pool, { tableId: 2, customerId: 'c1', values: [] });
  expect(await measure(measureExactly)).toMatchObject({ size: 1, total: 1 });
  const before = await recallTotal(pool, space);
  expect(before.total).toBe(1);
  for (const customerId of ['u1', 'u2']) {
    await writeProfile(pool, { tableId: hubTableId, customerId, values: [alias] });
  }
  for (const question of [glanceAt, measureExactly]) {
    const late = await measure(question, Promise.resolve(before));
    expect(late).toMatchObject({ size: 2, total: 2 });
  }
  // And a total that is older than what it is remembered by would stay.
  expect(await measure(measureExactly)).toMatchObject({ size: 2, total: 2 });
});
