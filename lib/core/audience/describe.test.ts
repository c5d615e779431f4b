import { expect, it, test } from 'vitest';
import { bindConditions } from './bind-conditions.ts';
import type { Condition } from './condition.ts';
import { describe as describeCondition } from './describe.ts';
import { nobody } from './parse-conditions.ts';
import {
  all,
  any,
  bind,
  inAnyCase,
  inAudience,
  not,
  rule,
  sampleCatalog,
} from './testing/sample-catalog.ts';

it.each<[Condition, string]>([
  [rule('string', 'exact', 'Paris'), 'string (CRM) is "Paris"'],
  [not(rule('string', 'exact', 'Paris')), 'string (CRM) is not "Paris"'],
  [rule('string', 'any_of', ['a', 'b']), 'string (CRM) is any of "a", "b"'],
  [
    not(rule('string', 'any_of', ['1', '2', '3', '4', '5', '6', '7'])),
    'string (CRM) is not any of "1", "2", "3", "4", "5" and 2 more',
  ],
  [inAnyCase(rule('string', 'substring', 'x')), 'string (CRM) contains "x" in letters of any case'],
  [not(rule('string', 'substring', 'x')), 'string (CRM) does not contain "x"'],
  [not(rule('string', 'starts_with', 'x')), 'string (CRM) does not start with "x"'],
  [rule('string', 'ends_with', 'x'), 'string (CRM) ends with "x"'],
  [rule('bool', 'exact', false), 'bool (CRM) is false'],
  [rule('long', 'exact', '9007199254740993'), 'long (CRM) is 9007199254740993'],
  [rule('long', 'lt', 5), 'long (CRM) is less than 5'],
  [not(rule('long', 'ge', 5)), 'long (CRM) is not at least 5'],
  [rule('double', 'between', [0.5, 1]), 'double (CRM) is from 0.5 to 1'],
  [rule('date', 'on', '2024-02-29'), 'date (CRM) is on 2024-02-29'],
  [
    rule('datetime', 'before', '2024-02-29T10:00:00Z'),
    'datetime (CRM) is before 2024-02-29 10:00:00',
  ],
  [not(rule('epoch', 'after', 5)), 'epoch (CRM) is not after 5'],
  [
    rule('date', 'between', ['2024-01-01', '2024-02-01']),
    'date (CRM) is from 2024-01-01 to 2024-02-01',
  ],
  [rule('date', 'in_last_days', 1), 'date (CRM) is in the last day'],
  [rule('datetime', 'in_last_days', 1), 'datetime (CRM) is in the last 24 hours'],
  [rule('datetime', 'in_next_days', 30), 'datetime (CRM) is in the next 30 days'],
  [rule('date', 'anniversary', 'today'), 'date (CRM) has its anniversary today'],
  [
    not(rule('date', 'anniversary', '12-24')),
    'date (CRM) does not have its anniversary on 24 December',
  ],
  [rule('long', 'exists'), 'long (CRM) has a value'],
  [not(rule('long', 'exists')), 'long (CRM) has no value'],
  [inAudience(7), 'in the audience "VIP"'],
  [not(inAudience(7)), 'not in the audience "VIP"'],
  [
    all(rule('long', 'gt', 1), any(rule('bool', 'exact', true), rule('bool', 'exists'))),
    'long (CRM) is more than 1 and (bool (CRM) is true or bool (CRM) has a value)',
  ],
  [
    all(inAudience(7), not(any(rule('long', 'gt', 1), all(inAudience(7), inAudience(7))))),
    'in the audience "VIP" and none of (long (CRM) is more than 1, (in the audience "VIP" and in the audience "VIP"))',
  ],
  [
    not(all(inAudience(7), rule('long', 'exists'))),
    'not all of (in the audience "VIP", long (CRM) has a value)',
  ],
  [not(any(rule('long', 'exists'))), 'long (CRM) has no value'],
  [not(not(any(inAudience(7), inAudience(7)))), '(in the audience "VIP" or in the audience "VIP")'],
  [nobody, 'nobody'],
])('%# %s', (condition, text) => {
  const audiences = [{ id: 7, name: 'VIP', isArchived: false, condition: nobody }];
  expect(describeCondition(bind(condition, { audiences }))).toBe(text);
});

test('a rule that lost its attribute says so', () => {
  const catalog = sampleCatalog({ archived: 'long' });
  const { condition } = bindConditions(rule('long', 'gt', 1), { catalog });
  expect(describeCondition(condition)).toBe('a rule that cannot be asked ("long" is archived.)');
});
