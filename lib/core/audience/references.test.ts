import { expect, test } from 'vitest';
import { references } from './references.ts';
import { tablesOf } from './tables-of.ts';
import { all, any, bind, idOf, inAudience, not, rule } from './testing/sample-catalog.ts';

const condition = all(
  rule('long', 'gt', 1),
  any(not(rule('string', 'exists')), rule('long', 'lt', 5)),
  not(inAudience(7)),
);

test('names each attribute, table and audience once', () => {
  expect(references(condition)).toEqual({
    attributeIds: new Set([idOf('long'), idOf('string')]),
    tableIds: new Set([678]),
    audienceIds: new Set([7]),
  });
});

test('the tables of a bound tree are those of its audiences, too', () => {
  const audiences = [{ id: 7, name: 'A', isArchived: false, condition: rule('bool', 'exists') }];
  expect(tablesOf(bind(inAudience(7), { audiences }))).toEqual(new Set([678]));
});
