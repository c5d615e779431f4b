import { expect, test } from 'vitest';
import { placesOf } from './places.ts';
import { all, any, bind, inAudience, not, rule } from './testing/sample-catalog.ts';

test('every place with its path; parts of an "and" know those before them', () => {
  const audience = {
    id: 7,
    name: 'Seven',
    isArchived: false,
    condition: all(rule('bool', 'exists')),
  };
  const condition = all(rule('long', 'exists'), any(not(rule('bool', 'exists')), inAudience(7)));
  const places = placesOf(bind(condition, { audiences: [audience] }));
  expect(
    places.map(({ path, condition: { kind }, within }) => [path, kind, within?.index]),
  ).toEqual([
    [[], 'and', undefined],
    [[1], 'attribute', 0],
    [[2], 'or', 1],
    [[2, 1], 'not', undefined],
    [[2, 1, 1], 'attribute', undefined],
    [[2, 2], 'audience', undefined],
  ]);
});
