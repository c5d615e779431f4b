import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindConditions } from './bind-conditions.ts';
import { evaluate } from './evaluate.ts';
import { explain, type Explanation } from './explain.ts';
import { arbitraryWorld, catalogOf } from './testing/arbitrary-world.ts';
import { profilesOf } from './testing/profiles-of.ts';
import { all, any, bind, idOf, inAudience, not, rule } from './testing/sample-catalog.ts';

/** One line for each place of the tree. */
function linesOf(explanation: Explanation, indent = ''): string[] {
  const { path, verdict, detail } = explanation;
  const actual = detail.kind === 'attribute' ? ` ${detail.attribute.name}=${detail.actual}` : '';
  const parts = 'parts' in detail ? detail.parts : [];
  const line = `${indent}[${path.join()}] ${detail.kind}${actual}: ${verdict}`;
  return [line, ...parts.flatMap((part) => linesOf(part, `${indent} `))];
}

test('every rule shows whether it held, and the actual value', () => {
  const audiences = [
    { id: 7, name: 'VIP', isArchived: false, condition: all(rule('long', 'gt', 1)) },
  ];
  const condition = bind(
    all(rule('long', 'gt', 500), any(rule('string', 'exact', 'x'), not(inAudience(7)))),
    { audiences },
  );
  const values = new Map([[idOf('long'), 501n]]);
  expect(linesOf(explain(condition, { values, now: new Date() }))).toEqual([
    '[] and: null',
    ' [1] attribute long=501: true',
    ' [2] or: null',
    '  [2,1] attribute string=null: null',
    '  [2,2] not: false',
    '   [2,2,1] audience: true',
    '    [] and: true',
    '     [1] attribute long=501: true',
  ]);
});

test('the whole comes out as in the evaluation', () => {
  fc.assert(
    fc.property(arbitraryWorld(5), (world) => {
      for (const tree of world.conditions) {
        const { condition } = bindConditions(tree, { catalog: catalogOf(world) });
        for (const { values } of profilesOf(world)) {
          const profile = { values, now: world.now };
          expect(explain(condition, profile).verdict).toBe(evaluate(condition, profile));
        }
      }
    }),
  );
});
