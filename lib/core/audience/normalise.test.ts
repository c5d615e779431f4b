import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { bindConditions } from './bind-conditions.ts';
import type { Condition } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { normalise } from './normalise.ts';
import { nobody } from './parse-conditions.ts';
import { arbitraryWorld, catalogOf } from './testing/arbitrary-world.ts';
import { profilesOf } from './testing/profiles-of.ts';
import { all, any, inAudience, not } from './testing/sample-catalog.ts';

const [a, b, c] = [inAudience(1), inAudience(2), inAudience(3)];

it.each<[string, Condition, Condition]>([
  ['a group of one', all(any(a)), a],
  ['a group in the same kind of group', all(a, all(b, all(c))), all(a, b, c)],
  ['a group in the other kind', all(a, any(b, c)), all(a, any(b, c))],
  ['the same twice', any(a, b, a), any(a, b)],
  ['the same in another form', any(a, all(a)), a],
  ['not not', not(not(not(a))), not(a)],
  ['none of', not(any(a, b)), not(any(a, b))],
  ['nobody', nobody, nobody],
])('%s', (_name, condition, plain) => {
  expect(normalise(condition)).toEqual(plain);
});

test('nobody moves in or out by it', () => {
  fc.assert(
    fc.property(arbitraryWorld(5), (world) => {
      const catalog = catalogOf(world);
      for (const tree of world.conditions) {
        const plain = normalise(tree);
        expect(normalise(plain)).toEqual(plain);
        const before = bindConditions(tree, { catalog }).condition;
        const after = bindConditions(plain, { catalog }).condition;
        for (const { values } of profilesOf(world)) {
          const profile = { values, now: world.now };
          expect(evaluate(after, profile)).toBe(evaluate(before, profile));
        }
      }
    }),
  );
});
