import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import type { BoundCondition } from '#lib/core/audience/bound-condition.ts';
import { evaluate } from '#lib/core/audience/evaluate.ts';
import {
  arbitraryWorld,
  catalogOf,
  hubTableId,
  type World,
} from '#lib/core/audience/testing/arbitrary-world.ts';
import { profilesOf, type WorldProfile } from '#lib/core/audience/testing/profiles-of.ts';
import { typedValue } from '#lib/core/audience/typed-value.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { loadWorld, prepareWorlds, spaceOf } from '../testing/audience-parity.ts';
import { countByValue } from './count-by-value.ts';
import { countOverlap } from './count-overlap.ts';
import { exportMembers, type MemberRow } from './export-members.ts';
import { tallyMembers } from './tally-members.ts';

/* What several audiences, or an audience and an attribute, have in common is what evaluating them for everybody gives. */
const worlds = 25;
const treesPerWorld = 9;

useTestDatabase();
beforeAll(prepareWorlds);

test('tallies, overlaps, breakdowns and exports are those of evaluating each profile', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld(treesPerWorld), async (world) => {
      await loadWorld(world);
      const conditions = world.conditions.map(
        (tree) => bindConditions(tree, { catalog: catalogOf(world) }).condition,
      );
      const profiles = profilesOf(world);
      const members = conditions.map((condition) =>
        profiles.filter(({ values }) => evaluate(condition, { values, now: world.now }) === true),
      );
      const options = { space: spaceOf(world), now: world.now };
      const { sizes } = await tallyMembers(getPool(), conditions, options);
      expect(sizes).toEqual(members.map(({ length }) => length));
      for (let from = 0; from < conditions.length; from += 3) {
        const regions = await countOverlap(getPool(), conditions.slice(from, from + 3), options);
        expect(regions).toEqual(overlapOf(profiles, members.slice(from, from + 3)));
      }
      for (const [index, condition] of conditions.entries()) {
        const own = members[index] ?? [];
        await compareBreakdown(world, condition, { members: own, index });
        await compareExport(world, condition, own);
      }
    }),
    { numRuns: worlds },
  );
});

function overlapOf(profiles: readonly WorldProfile[], audiences: readonly WorldProfile[][]) {
  const isExactly = (profile: WorldProfile, indexes: readonly number[]) =>
    audiences.every((members, index) => members.includes(profile) === indexes.includes(index));
  return Array.from({ length: 2 ** audiences.length - 1 }, (_, before) => {
    const indexes = audiences.flatMap((_members, index) =>
      Math.floor((before + 1) / 2 ** index) % 2 === 1 ? [index] : [],
    );
    return { indexes, size: profiles.filter((one) => isExactly(one, indexes)).length };
  });
}

interface Found {
  readonly members: readonly WorldProfile[];
  readonly index: number;
}

async function compareBreakdown(
  world: World,
  condition: BoundCondition,
  { members, index }: Found,
): Promise<void> {
  const attribute = world.attributes[(index * 7) % world.attributes.length];
  if (!attribute) throw new Error('A world has attributes.');
  const options = { space: spaceOf(world), now: world.now, attribute, mostValues: 2 };
  const found = await countByValue(getPool(), condition, options);
  const byValue = Map.groupBy(
    members.filter(({ values }) => values.has(attribute.id)),
    ({ values }) => String(values.get(attribute.id)),
  );
  const sizes = [...byValue.values()].map(({ length }) => length).sort((a, b) => b - a);
  const filled = sizes.reduce((sum, size) => sum + size, 0);
  expect(found).toMatchObject({
    size: members.length,
    withoutValue: members.length - filled,
    others: sizes.slice(2).reduce((sum, size) => sum + size, 0),
  });
  expect(found.values.map(({ size }) => size)).toEqual(sizes.slice(0, 2));
  for (const { value, size } of found.values) {
    expect(byValue.get(String(typedValue(attribute.type, value)))).toHaveLength(size);
  }
}

async function compareExport(
  world: World,
  condition: BoundCondition,
  members: readonly WorldProfile[],
): Promise<void> {
  const { tables } = spaceOf(world);
  const all = [hubTableId, ...tables.map(({ tableId }) => tableId)];
  const idIn = (tableId: number, profile: WorldProfile) => {
    if (profile.tableId === tableId) return profile.customerId;
    if (profile.tableId !== hubTableId) return null;
    const alias = world.aliases.findLast(
      (one) => one.userId === profile.customerId && one.tableId === tableId,
    );
    return alias && alias.customerId !== '' ? alias.customerId : null;
  };
  const rows = await exported(world, condition, all);
  expect(rows).toEqual(members.map((one) => all.map((id) => idIn(id, one))).sort(byText));
  for (const tableId of all) {
    const ids = new Set(members.map((one) => idIn(tableId, one)).filter((id) => id !== null));
    expect(await exported(world, condition, [tableId])).toEqual(
      [...ids].map((id) => [id]).sort(byText),
    );
  }
}

async function exported(
  world: World,
  condition: BoundCondition,
  tableIds: readonly number[],
): Promise<MemberRow[]> {
  const canceller = getPool();
  const options = { space: spaceOf(world), now: world.now, tableIds, canceller };
  const found: MemberRow[] = [];
  for await (const rows of exportMembers(getPool(), condition, options)) found.push(...rows);
  return found.sort(byText);
}

function byText(a: MemberRow, b: MemberRow): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
