import { beforeAll, expect, test } from 'vitest';
import type { Condition } from '#lib/core/audience/condition.ts';
import { placesOf } from '#lib/core/audience/places.ts';
import { all, any, bind, idOf, not, rule } from '#lib/core/audience/testing/sample-catalog.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import { getGlancePool, getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { ensureAliasColumn } from '../alias-columns.ts';
import { ensureTable } from '../physical-tables.ts';
import { prepareStore } from '../prepare.ts';
import { ask } from './ask.ts';
import { countPlaces } from './count-places.ts';
import { countProfiles } from './count-profiles.ts';
import { estimatePlaces } from './estimate-places.ts';

const hubTableId = 5;
const crm = { tableId: 678, aliasAttributeId: 901 };
const customers = 24_000;
const users = 8_000;
const alone = { hubTableId, tables: [{ ...crm, aliasAttributeId: null }] };
const joined = { hubTableId, tables: [crm] };
const now = new Date('2026-01-01T00:00:00Z');

useTestDatabase();
beforeAll(async () => {
  const pool = getPool();
  await prepareStore(pool);
  await ensureTable(pool, hubTableId, []);
  await ensureAliasColumn(pool, { tableId: hubTableId, attributeId: crm.aliasAttributeId });
  const types = ['string', 'bool', 'long', 'double'] as const;
  const columns = types.map((type) => ({ attributeId: idOf(type), type }));
  await ensureTable(pool, crm.tableId, columns);
  // The text follows the order of the rows, as in a sorted file; the long is anywhere.
  await pool.query(`
    INSERT INTO profiles.t_678 (customer_id, updated_at, a_1, a_2, a_3, a_4)
      SELECT 'c' || n, now(), 'city ' || n / 800, CASE WHEN n % 7 > 0 THEN n % 2 = 0 END,
        hashint4(n) & 1023, n * 0.5
      FROM generate_series(1, ${customers}) AS n;
    INSERT INTO profiles.t_5 (customer_id, updated_at, a_901)
      SELECT 'u' || n, now(), CASE WHEN n % 5 > 0 THEN 'c' || (hashint4(n) & 32767) END
      FROM generate_series(1, ${users}) AS n;
    INSERT INTO profiles.row_count_delta VALUES (678, ${customers}), (5, ${users});
    ANALYZE profiles.t_678, profiles.t_5`);
});

const random = seededRandom(11);
const upTo = (limit: number) => Math.floor(random() * limit);

function randomRule(): Condition {
  const rules = [
    () => rule('string', 'exact', `city ${upTo(30)}`),
    () => rule('string', 'any_of', [`city ${upTo(30)}`, `city ${upTo(30)}`]),
    () => rule('bool', 'exact', random() < 0.5),
    () => rule('bool', 'exists'),
    () => rule('long', 'gt', upTo(1024)),
    () => rule('long', 'lt', upTo(30)),
    () => rule('double', 'between', [upTo(4_000), 4_000 + upTo(8_000)]),
  ];
  return (rules[upTo(rules.length)] ?? randomRule)();
}

function randomTree(depth = 0): Condition {
  const kind = upTo(depth < 3 ? 6 : 2);
  if (kind < 2) return randomRule();
  if (kind === 2) return not(randomTree(depth + 1));
  const parts = Array.from({ length: 2 + upTo(2) }, () => randomTree(depth + 1));
  return kind % 2 === 0 ? all(...parts) : any(...parts);
}

test.each([
  ['one table', alone],
  ['two tables, joined by aliases', joined],
])('the interval of 100 random trees is true in 95: %s', async (_name, space) => {
  const total = await countProfiles(getPool(), space);
  let held = 0;
  let widths = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const condition = bind(randomTree());
    const places = placesOf(condition);
    const exact = await countPlaces(getPool(), condition, { space, now });
    const options = { places, space, now, milliseconds: Infinity, seed };
    const estimate = await ask(getGlancePool(), (session) => estimatePlaces(session, options), {
      canceller: getPool(),
    });
    const size = exact[0]?.size ?? 0;
    if (estimate.low <= size && size <= estimate.high) held += 1;
    widths += (estimate.high - estimate.low) / total;
    expect(estimate.size).toBe(estimate.places[0]?.size);
    expect(estimate.total / total).toBeCloseTo(1, 1);
    estimate.places.forEach((place, index) => {
      expect(Math.abs(place.size - (exact[index]?.size ?? 0)) / total).toBeLessThan(0.12);
      expect(place.remaining === null).toBe(exact[index]?.remaining === null);
    });
  }
  expect(held).toBeGreaterThanOrEqual(95);
  // True by being wide would be no use.
  expect(widths / 100).toBeLessThan(0.12);
});
