import { seededRandom } from '#lib/core/seeded-random.ts';
import type { BenchWorld } from './world.ts';

/** Trees as people make them: one to a dozen rules, common and rare, in groups. JSON texts. */
export function randomTrees(
  { customers, users }: BenchWorld,
  { count, seed, isJoined }: { count: number; seed: number; isJoined: boolean },
): string[] {
  const random = seededRandom(seed);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const day = (index: number) =>
    new Date(Date.UTC(1950 + (index % 60), index % 12, 1)).toISOString().slice(0, 10);
  const aboutCustomers = [
    () => customers.rule('city', 'exact', ['Berlin', 'Lisbon', 'Oslo', 'Nice'][upTo(4)]),
    () => customers.rule('plan', 'any_of', [['free'], ['basic', 'premium']][upTo(2)]),
    () => customers.rule('newsletter', 'exact', random() < 0.5),
    () => customers.rule('newsletter', 'exists'),
    () => customers.rule('orders', 'lt', 4 + upTo(40)),
    () => customers.rule('orders', 'gt', upTo(4096)),
    () => customers.rule('revenue', 'between', [upTo(5_000), 5_000 + upTo(5_000)]),
    () => customers.rule('birthday', 'after', day(upTo(600))),
    () => customers.rule('signed_up', 'lt', 1_500_000_000 + upTo(40_000_000)),
  ];
  const aboutUsers = [
    () => users.rule('device', 'exact', ['mobile', 'desktop', 'tablet'][upTo(3)]),
    () => users.rule('visits', 'ge', upTo(256)),
    () => users.rule('app', 'exact', random() < 0.5),
    () => users.rule('seen', 'exists'),
  ];
  const rules = isJoined ? [...aboutCustomers, ...aboutUsers, ...aboutUsers] : aboutCustomers;
  const tree = (depth: number): unknown => {
    const kind = upTo(depth < 3 ? 6 : 2);
    if (kind < 2) return rules[upTo(rules.length)]?.();
    if (kind === 2) return ['not', tree(depth + 1)];
    return [
      kind % 2 === 0 ? 'and' : 'or',
      ...Array.from({ length: 2 + upTo(2) }, () => tree(depth + 1)),
    ];
  };
  return Array.from({ length: count }, () => JSON.stringify(['and', tree(1)]));
}
