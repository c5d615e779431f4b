import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  arbitraryWorld,
  hubTableId,
  worldAttributes,
  type World,
} from '#lib/core/audience/testing/arbitrary-world.ts';
import { profilesOf } from '#lib/core/audience/testing/profiles-of.ts';
import { typedValue } from '#lib/core/audience/typed-value.ts';
import { getRowPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { loadWorld, prepareWorlds, spaceOf } from '../testing/audience-parity.ts';
import { readProfilesOf, type ProfileReading, type ProfileValues } from './read-values.ts';

useTestDatabase();
beforeAll(prepareWorlds);

const customerIds = ['c1', 'c2', 'c3', 'c4', 'C1', 'u4', 'nobody'];

test('a customer has the profiles that the definition gives them, with all their values', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(0), async (world) => {
      await loadWorld(world);
      for (const tableId of world.tableIds) {
        const reading = readingOf(world, tableId);
        for (const customerId of customerIds) {
          const found = await readProfilesOf(getRowPool(), reading, { customerId, mostUsers: 10 });
          expect(found.isComplete).toBe(true);
          expect(found.profiles.map(show).sort()).toEqual(expected(world, tableId, customerId));
        }
      }
    }),
    { numRuns: 40 },
  );
});

describe('of many users', () => {
  const aliases = ['u1', 'u2', 'u3'].map((userId) => ({ userId, tableId: 2, customerId: 'c1' }));
  const world: World = {
    ...{ now: new Date(), tableIds: [1, 2], attributes: worldAttributes, audiences: [] },
    ...{ conditions: [], rows: [], aliases },
  };

  test.each([
    [2, 2, false],
    [3, 3, true],
  ])('%i are asked for: %i are read, complete is %s', async (mostUsers, read, isComplete) => {
    await loadWorld(world);
    const reading = readingOf(world, 2);
    const found = await readProfilesOf(getRowPool(), reading, { customerId: 'c1', mostUsers });
    expect(found).toMatchObject({ isComplete });
    expect(found.profiles).toHaveLength(read);
  });
});

function readingOf(world: World, tableId: number): ProfileReading {
  const ofWorld = worldAttributes.filter((attribute) => world.tableIds.includes(attribute.tableId));
  const columns = new Map(
    [...Map.groupBy(ofWorld, (attribute) => attribute.tableId)].map(([owner, attributes]) => [
      owner,
      attributes.map(({ id, type }) => ({ attributeId: id, type })),
    ]),
  );
  return { space: spaceOf(world), tableId, columns };
}

function expected(world: World, tableId: number, customerId: string): string[] {
  const users = world.aliases
    .filter((alias) => alias.tableId === tableId && alias.customerId === customerId)
    .map(({ userId }) => userId);
  return profilesOf(world)
    .filter((profile) =>
      profile.tableId === hubTableId && tableId !== hubTableId
        ? users.includes(profile.customerId)
        : profile.tableId === tableId && profile.customerId === customerId,
    )
    .map(({ values }) => showTyped(values))
    .sort();
}

function show(profile: ProfileValues): string {
  return showTyped(
    new Map(
      [...profile].map(([id, text]) => {
        const type = worldAttributes.find((attribute) => attribute.id === id)?.type ?? 'string';
        return [id, typedValue(type, text)];
      }),
    ),
  );
}

function showTyped(values: ReadonlyMap<number, unknown>): string {
  return [...values]
    .toSorted(([left], [right]) => left - right)
    .map(([id, value]) => `${id}=${String(value)}`)
    .join(';');
}
