import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import type { BoundCondition, CatalogAttribute } from '#lib/core/audience/bound-condition.ts';
import { evaluate } from '#lib/core/audience/evaluate.ts';
import { placesOf, type Place } from '#lib/core/audience/places.ts';
import {
  arbitraryWorld,
  catalogOf,
  type World,
} from '#lib/core/audience/testing/arbitrary-world.ts';
import { profilesOf } from '#lib/core/audience/testing/profiles-of.ts';
import { typedValue } from '#lib/core/audience/typed-value.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { loadWorld, prepareWorlds, spaceOf } from '../testing/audience-parity.ts';
import { countMembers } from './count-members.ts';
import { countPlaces } from './count-places.ts';
import { countProfiles } from './count-profiles.ts';
import { sampleMembers } from './sample-members.ts';

/* What is answered about an audience is what evaluating it for everybody gives: in all, at every place, for a few. */
const worlds = 25;
const treesPerWorld = 12;

useTestDatabase();
beforeAll(prepareWorlds);

test('sizes, funnels and samples are those of evaluating each profile', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(treesPerWorld), async (world) => {
      await loadWorld(world);
      expect(await countProfiles(getPool(), spaceOf(world))).toBe(profilesOf(world).length);
      for (const tree of world.conditions) {
        const { condition } = bindConditions(tree, { catalog: catalogOf(world) });
        await compareAll(world, condition);
      }
    }),
    { numRuns: worlds },
  );
});

async function compareAll(world: World, condition: BoundCondition): Promise<void> {
  const options = { space: spaceOf(world), now: world.now };
  const isIn = (part: BoundCondition, profile: { values: (typeof profiles)[number]['values'] }) =>
    evaluate(part, { values: profile.values, now: world.now }) === true;
  const profiles = profilesOf(world);
  const members = profiles.filter((profile) => isIn(condition, profile));
  expect(await countMembers(getPool(), condition, options)).toBe(members.length);

  const remaining = ({ group, index }: NonNullable<Place['within']>) => {
    const parts = group.conditions.slice(0, index + 1);
    return profiles.filter((profile) => parts.every((part) => isIn(part, profile))).length;
  };
  expect(await countPlaces(getPool(), condition, options)).toEqual(
    placesOf(condition).map(({ path, condition: part, within }) => ({
      path,
      size: profiles.filter((profile) => isIn(part, profile)).length,
      remaining: within && remaining(within),
    })),
  );

  const attributes = namedBy(condition);
  const sample = await sampleMembers(getPool(), condition, { ...options, attributes, limit: 3 });
  expect(sample).toHaveLength(Math.min(3, members.length));
  for (const { tableId, customerId, values } of sample) {
    const member = members.find((one) => one.tableId === tableId && one.customerId === customerId);
    expect(member).toBeDefined();
    const typed = attributes.map(({ type }, index) => {
      const text = values[index] ?? null;
      return text === null ? undefined : typedValue(type, text);
    });
    expect(typed).toEqual(attributes.map(({ id }) => member?.values.get(id)));
  }
}

function namedBy(condition: BoundCondition): CatalogAttribute[] {
  return placesOf(condition).flatMap(({ condition: part }) =>
    part.kind === 'attribute' ? [part.attribute] : [],
  );
}
